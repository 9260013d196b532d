/** The first plan: what `plan init` writes. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { initCommand } from '../../src/commands/init.ts'
import { SITE_KINDS } from '../../src/plan/site-kinds.ts'
import { outcomeOf } from './outcome.ts'
import { inNewFolder, plan, runPlan } from './run-plan.ts'

inNewFolder()

test.each(Object.keys(SITE_KINDS))(
  'a plan for a site of the kind %s has no findings and is in style',
  async (kind) => {
    expect(await plan('init', 'mine.yaml', '--kind', kind)).toMatchObject({ exitCode: 0 })
    expect(await plan('validate', 'mine.yaml')).toMatchObject({
      exitCode: 0,
      out: 'mine.yaml: no findings\n',
    })
    expect(await plan('fmt', 'mine.yaml', '--check')).toMatchObject({ exitCode: 0 })
    expect(await plan('compile', 'mine.yaml')).toMatchObject({ exitCode: 0 })
  },
)

test('what is known of the site stands in the plan, in any script, comments kept', async () => {
  const flags =
    '--kind leads --currency AED --timezone Asia/Dubai --hosts www.dune.ae,shop.dune.ae --languages ar,en ' +
    '--account 600123 --container GTM-ABCD12 --property 34512345 --measurement-id G-ABC1234567'
  await plan('init', 'mine.yaml', '--title', 'كثيب Dune', ...flags.split(' '))
  const text = readFileSync('mine.yaml', 'utf8')
  for (const part of [
    'plan: dune # identity',
    'كثيب Dune',
    'growth@dune.ae',
    'currency: AED',
    'timezone: Asia/Dubai',
    'hosts: [www.dune.ae, shop.dune.ae]',
    'languages: [ar, en]',
    'gtm: { account: "600123", container: GTM-ABCD12 }',
    'ga4: { property: "34512345", measurementId: G-ABC1234567 }',
  ])
    expect(text).toContain(part)
  expect(await plan('validate', 'mine.yaml')).toMatchObject({ exitCode: 0 })
})

test('who came by npx is told a command that is there', async () => {
  const { out } = await runPlan({ npm_lifecycle_event: 'npx' }, undefined, [
    'init',
    'mine.yaml',
    '--kind',
    'shop',
  ])
  expect(out).toContain(': npx measurement-plan diff mine.yaml --sandbox')
  expect((await plan('init', 'other.yaml', '--kind', 'shop')).out).toContain(
    ': plan diff other.yaml --sandbox',
  )
})

test('what cannot be is said as a finding, and nothing is written', async () => {
  const { exitCode, err } = await plan('init', 'mine.yaml', '--currency', 'euro')
  expect(exitCode).toBe(1)
  expect(err).toContain('"euro" cannot be "currency"')
  expect(existsSync('mine.yaml')).toBe(false)
})

test('an example is copied by its name', async () => {
  expect(await plan('init', 'mine.yaml', '--from', 'advisory')).toMatchObject({ exitCode: 0 })
  expect(readFileSync('mine.yaml', 'utf8')).toContain('plan: advisory')
  expect((await plan('init', 'other.yaml', '--from', 'advisroy')).err).toContain('Did you mean advisory?')
})

test('at a terminal it asks, and Enter leaves the example’s value', async () => {
  const answers = ['contents', 'content', 'Night Owl', 'euro', '', '', 'owl.example', '', '', '345', '']
  const questions: string[] = []
  const answer = (question: string): Promise<string | undefined> => {
    questions.push(question)
    return Promise.resolve(answers.shift())
  }
  const { exitCode, err } = await outcomeOf((io) => initCommand('mine.yaml', {}, io), { answer })
  expect(exitCode).toBe(0)
  // What cannot be is asked for once more, and nothing that was said before is lost.
  expect(err).toContain('Write one of shop, leads, software, content.')
  expect(err).toContain('"EURO" cannot be "currency"')
  expect(questions).toHaveLength(11)
  const text = readFileSync('mine.yaml', 'utf8')
  expect(text).toContain('plan: night_owl')
  expect(text).toContain('currency: EUR')
  expect(text).toContain('content_engaged:')
  // The property has a web stream of its own.
  expect(text).toContain('ga4: { property: "345" }')
})

test('an empty file is filled, a folder is not, and an example takes no facts', async () => {
  writeFileSync('empty.yaml', '\n')
  expect((await plan('validate', 'empty.yaml')).out).toContain(
    'write a first plan with: plan init empty.yaml',
  )
  expect(await plan('init', 'empty.yaml')).toMatchObject({ exitCode: 0 })
  expect((await plan('init', 'empty.yaml')).err).toContain('exists already')
  expect((await plan('init', 'plans')).err).toContain('Name the file: plan init plans/plan.yaml')
  const { exitCode, err } = await plan('init', 'x.yaml', '--from', 'advisory', '--measurement-id', 'G-1')
  expect(exitCode).toBe(64)
  expect(err).toContain('--from copies an example as it is: leave out --measurement-id.')
})
