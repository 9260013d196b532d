/** One conversion that the plan protects, and the tags that run before and after one. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ownSandbox } from './own-sandbox.ts'
import { inNewFolder, planAnswering, type Outcome } from './run-plan.ts'

const sandbox = ownSandbox()
inNewFolder()

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const plan = (...argv: readonly string[]): Promise<Outcome> =>
  planAnswering(undefined, ...argv, 'plans/small.yaml', '--sandbox', sandbox.url)
const states = (text: string): void => {
  mkdirSync('plans', { recursive: true })
  writeFileSync('plans/small.yaml', text)
}
const SIGNUP = '        event: newsletter_signup\n'
const GUARDED = SMALLEST.replace(SIGNUP, `${SIGNUP}        protected: true\n`)

test('what is protected is changed and deleted by its name alone', async () => {
  states(SMALLEST)
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  // To protect it takes no leave, and stands in the marks from then on.
  states(GUARDED)
  expect((await plan('diff')).out).toMatch(/Protected +yes/)
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)

  // Nor can the same edit take the protection away and change it.
  states(SMALLEST.replace('method: email', 'method: form'))
  const refused = await plan('apply', '--auto-approve')
  expect(refused).toMatchObject({ exitCode: 1 })
  expect(refused.err).toContain('--allow newsletter_signup')
  const changed = JSON.parse((await plan('diff', '--format', 'json')).out) as {
    changes: readonly { readonly key: string; readonly protected?: string }[]
  }
  expect(changed.changes.map((change) => change.protected)).toEqual(
    changed.changes.map(() => 'newsletter_signup'),
  )
  // Another's name is no leave for it, and neither is leave to delete.
  states(SMALLEST.replaceAll('newsletter_signup', 'letter_signup'))
  expect((await plan('apply', '--auto-approve', '--allow-delete', '--allow', 'pricing_view')).exitCode).toBe(
    1,
  )
  expect(
    await plan('apply', '--auto-approve', '--allow-delete', '--allow', 'newsletter_signup'),
  ).toMatchObject({ exitCode: 0 })
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)
})

test('tags before and after a conversion are references, and are told by name', async () => {
  const html = (name: string): object => ({
    name,
    type: 'html',
    parameter: [{ type: 'TEMPLATE', key: 'html', value: '<script>1</script>' }],
    tagFiringOption: 'ONCE_PER_EVENT',
    monitoringMetadata: { type: 'MAP' },
    consentSettings: { consentStatus: 'NOT_SET' },
  })
  mkdirSync('plans', { recursive: true })
  const tag = ['Read the basket', 'Close the basket'].map(html)
  writeFileSync('plans/basket.json', JSON.stringify({ exportFormatVersion: 2, containerVersion: { tag } }))
  states(
    `${SMALLEST.replace(SIGNUP, `${SIGNUP}        setUp: Read the basket\n        cleanUp: Close the basket\n`)}entities: [basket.json]\n`,
  )
  const diff = await plan('diff')
  expect(diff.out).toMatch(/Runs after +Read the basket/)
  expect(diff.out).toMatch(/Cleaned up by +Close the basket/)
  expect(await plan('apply', '--auto-approve')).toMatchObject({ exitCode: 0 })
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)
  // Another name in the file is a change of both, written together.
  writeFileSync(
    'plans/basket.json',
    JSON.stringify({ exportFormatVersion: 2, containerVersion: { tag } }).replace(
      'Read the',
      'Look into the',
    ),
  )
  const { exitCode, out } = await plan('diff', '--format', 'json')
  expect({ exitCode, out }).toMatchObject({ exitCode: 0 })
})
