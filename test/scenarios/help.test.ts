import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plan } from './run-plan.ts'

test('plan --help says what each command is for, under what one wants', async () => {
  const { out } = await plan('--help')
  for (const group of ['Write', 'Decide', 'Apply', 'Bring in', 'Show', 'Prove'])
    expect(out).toMatch(new RegExp(`^${group}:\n  [a-z]`, 'm'))
  const groups = [...out.matchAll(/^([A-Z][a-z ]+):\n/gm)].map(([, group]) => group)
  expect(groups.slice(1, 9)).toEqual([
    'Write',
    'Decide',
    'Apply',
    'Bring in',
    'Show',
    'Measure',
    'Prove',
    'Try',
  ])
  expect(out).toMatch(/\nExample: plan init .*\n\nMore: https:\/\/\S+\n$/)
  const others = /^Commands:\n((?: {2}.*\n)*)/m.exec(out)?.[1] ?? ''
  expect([...others.matchAll(/^ {2}([a-z-]+)/gm)].map((match) => match[1])).toEqual(['help'])
})

test('the help of each command ends with an example of it and a page to read on', async () => {
  const { out } = await plan('--help')
  const names = [...out.matchAll(/^ {2}([a-z]+(?:-[a-z]+)*)\b(?! --)/gm)]
    .flatMap((match) => match[1] ?? [])
    .filter((name) => name !== 'help')
  expect(names.length).toBeGreaterThan(15)
  for (const name of names) {
    const { out: help } = await plan(name, '--help')
    const [, example = '', page] =
      /Example:\n {2}plan (\S+).*\n\nMore: \S+?(?:\/blob\/main\/(\S+)|#commands)\n$/.exec(help) ?? []
    expect(example).toBe(name)
    if (page !== undefined) expect(existsSync(page)).toBe(true)
    expect(help.split('\n').filter((line) => line.length > 100)).toEqual([])
  }
})
