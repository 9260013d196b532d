/** The first plan: what `plan init` writes. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { initCommand } from '../../src/commands/init.ts'
import { SITE_KINDS } from '../../src/plan/site-kinds.ts'
import { outcomeOf } from './outcome.ts'
import { inNewFolder, plan } from './run-plan.ts'

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
  const answers = ['content', 'Night Owl', '', 'owl.example', '', '', '']
  const questions: string[] = []
  const answer = (question: string): Promise<string | undefined> => {
    questions.push(question)
    return Promise.resolve(answers.shift())
  }
  expect(await outcomeOf((io) => initCommand('mine.yaml', {}, io), { answer })).toMatchObject({ exitCode: 0 })
  expect(questions).toHaveLength(7)
  const text = readFileSync('mine.yaml', 'utf8')
  expect(text).toContain('plan: night_owl')
  expect(text).toContain('currency: EUR')
  expect(text).toContain('content_engaged:')
})
