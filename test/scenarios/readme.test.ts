import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { plan } from './run-plan.ts'

const readme = readFileSync('README.md', 'utf8')

test('the README’s table names every command that there is, and none that there is not', async () => {
  const { out } = await plan('--help')
  const there = [...out.matchAll(/^ {2}([a-z]+)\b.*$/gm)]
    .map((match) => match[1])
    .filter((name) => name !== 'help')
  const rows = readme.split('\n').filter((line) => line.startsWith('| `plan '))
  const named = rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`plan ([a-z]+)/g)].map((match) => match[1]),
  )
  expect(named.toSorted()).toEqual(there.toSorted())
})

test.each([
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/github.md',
  'docs/gitlab.md',
  'docs/google-account.md',
  'docs/sandbox.md',
])('what %s links to is there', (file) => {
  const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(
    (match) => match[1] ?? '',
  )
  expect(links.filter((link) => !existsSync(join(dirname(file), link)))).toEqual([])
})
