import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { largePlan } from '../../scripts/large-plan.ts'
import { inNewFolder, plan } from './run-plan.ts'

inNewFolder()

const micro = (id: string): string =>
  `      ${id}: { title: T, event: ${id}, trigger: { dataLayer: ${id} }, feeds: [buy] }`
const BAD_PLANS: readonly (readonly [string, string, string])[] = [
  ['a YAML syntax error', 'version: 1\nplan: [unclosed\n', 'yaml-syntax'],
  ['an empty file', '', 'empty-plan'],
  ['an unknown field', small({ extra: 'colour: red' }), 'unknown-field'],
  ['a wrong type', small({ extra: 'description: 7' }), 'wrong-type'],
  ['two micros in a stage', small({ micros: ['a', 'b'] }), 'three-to-five-micro-conversions'],
  [
    'six micros in a stage',
    small({ micros: ['a', 'b', 'c', 'd', 'e', 'f'] }),
    'three-to-five-micro-conversions',
  ],
  ['an unknown goal', small({}).replace('feeds: [buy]', 'feeds: [bye]'), 'feeds-name-goals'],
  ['an undefined variable', small({ extra: 'description: ${MISSING_NAME}' }), 'undefined-variable'],
]

function small({
  micros = ['a', 'b', 'c'],
  extra = '',
}: {
  micros?: readonly string[]
  extra?: string
}): string {
  return `version: 1
plan: small
title: Small
owner: a@small.example
currency: EUR
${extra}
environments:
  staging: { gtm: { account: "1", container: GTM-SMALL1 }, ga4: { property: "1", measurementId: G-SMALL00001 } }
goals:
  buy: { title: Buy, primary: true, event: purchase, trigger: { dataLayer: purchase }, ecommerce: true, value: 10 }
stages:
  only:
    title: Only
    micro:
${micros.map(micro).join('\n')}
`
}

describe.each(BAD_PLANS)('%s', (_, text, code) => {
  test.each(['validate', 'diff', 'apply', 'compile'])(
    'plan %s says so at its place and writes nothing',
    async (command) => {
      writeFileSync('bad.yaml', text)
      const online = command === 'diff' || command === 'apply' ? ['--sandbox'] : []
      const { exitCode, out, err } = await plan(command, 'bad.yaml', ...online)
      const said = out + err
      expect(exitCode).toBe(1)
      expect(said).toMatch(new RegExp(`^bad\\.yaml:\\d+:\\d+ error ${code}$`, 'm'))
      expect(said).toMatch(/^ {2}fix: /m)
      expect(said).not.toMatch(/^\s+at /m)
      expect(existsSync('.plan')).toBe(false)
    },
  )
})

test('all mistakes of a plan come in one run', async () => {
  const text = small({ micros: ['a', 'b'], extra: 'colour: red' }).replace('feeds: [buy]', 'feeds: [bye]')
  writeFileSync('bad.yaml', text)
  const { out } = await plan('validate', 'bad.yaml')
  const codes = [...out.matchAll(/ error (\S+)/g)].map((match) => match[1])
  expect(codes).toEqual(
    expect.arrayContaining(['unknown-field', 'three-to-five-micro-conversions', 'feeds-name-goals']),
  )
  expect(codes).toHaveLength(3)
})

test('an unknown environment is met with the ones there are', async () => {
  writeFileSync('small.yaml', small({}))
  const { exitCode, err } = await plan('diff', 'small.yaml', '-e', 'stagin', '--sandbox')
  expect(exitCode).toBe(1)
  expect(err).toContain('unknown-environment')
  expect(err).toContain('did you mean "staging"?')
})

test('a missing file and a directory are told apart', async () => {
  mkdirSync('folder')
  const missing = await plan('validate', 'nowhere.yaml')
  expect(missing).toMatchObject({ exitCode: 1 })
  expect(missing.out).toContain('nowhere.yaml:1:1 error missing-file')
  const folder = await plan('validate', 'folder')
  expect(folder).toMatchObject({ exitCode: 1 })
  expect(folder.err).toContain('There is no plan in folder')
})

test('a sandbox that nobody started is told in one line, with what to do', async () => {
  const { exitCode, err } = await plan('diff', 'plans/outfitters.yaml', '--sandbox', 'http://127.0.0.1:9')
  expect(exitCode).toBe(1)
  expect(err).toMatch(/^error unreachable: Nothing answers at http:\/\/127\.0\.0\.1:9.*\nfix: .*\n$/)
})

test.each([
  ['an unknown command', ['aply']],
  ['an unknown flag', ['diff', '--sandbx']],
  ['a choice that is none', ['diff', '--format', 'pdf']],
  ['a sandbox beside --base', ['diff', '--base', 'HEAD', '--sandbox']],
  ['a sandbox that is no address', ['diff', 'plans/outfitters.yaml', '--sandbox', 'here']],
])('%s is wrong usage', async (_, argv) => {
  const { exitCode, err } = await plan(...argv)
  expect(exitCode).toBe(64)
  expect(err).toMatch(/^error command-line-makes-sense: /)
})

test('several plans and none named: the command asks which', async () => {
  const { exitCode, err } = await plan('diff', '--sandbox')
  expect(exitCode).toBe(1)
  expect(err).toContain('plans/outfitters.yaml')
})

test('a plan of 500 conversions is no problem', async () => {
  writeFileSync('large.yaml', largePlan(500))
  expect(await plan('compile', 'large.yaml', '--format', 'gtm', '--out', 'large.json')).toMatchObject({
    exitCode: 0,
  })
})

test('a file that cannot be written is said with its path, and is no bug of ours', async () => {
  await plan('init', 'starter.yaml')
  const { exitCode, err } = await plan('compile', 'starter.yaml', '--out', 'no/such/folder.json')
  expect(exitCode).toBe(1)
  expect(err).toMatch(/^error file-can-be-used: no\/such\/folder\.json: there is no such file or folder\.$/m)
})

test('a name that the container does not have is said where the plan says it', async () => {
  await plan('init', 'starter.yaml')
  const text = readFileSync('starter.yaml', 'utf8')
  const named = text.replace(/^( +)trigger: \{.*\}$/m, '$1trigger: { existing: Their form }')
  expect(named).not.toBe(text)
  writeFileSync('starter.yaml', named)
  const line = named.split('\n').findIndex((one) => one.includes('Their form')) + 1
  const { exitCode, err } = await plan('diff', 'starter.yaml', '--sandbox')
  expect(exitCode).toBe(1)
  expect(err).toContain(`starter.yaml:${line}:`)
  expect(err).toMatch(/error reference-exists\n.* refers to the trigger "Their form"/)
})

test('plan --help fits a terminal of 80 columns', async () => {
  const { out } = await plan('--help')
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
})
