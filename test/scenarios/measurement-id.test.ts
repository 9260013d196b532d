/** A measurement id that the plan leaves out is the property's only web stream's, for commands that ask GA4. */
import { readFileSync, writeFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { ownSandbox } from './own-sandbox.ts'
import { inNewFolder, plan } from './run-plan.ts'

inNewFolder()
const sandbox = ownSandbox()
const FILE = 'plans/outfitters.yaml'

beforeEach(() => writeFileSync(FILE, readFileSync(FILE, 'utf8').replace(', measurementId: G-STAGE00001', '')))

const streamOf = (measurementId: string): Promise<Response> =>
  fetch(`${sandbox.url}/_sandbox/ensure`, {
    method: 'POST',
    body: JSON.stringify({ property: '345000001', measurementId }),
  })

test('apply asks GA4 for it, counts that request, and has nothing to change afterwards', async () => {
  await streamOf('G-THEIRS0001')
  const apply = ['apply', FILE, '-e', 'staging', '--sandbox', sandbox.url, '--auto-approve']
  const { exitCode, out, err } = await plan(...apply)
  expect(exitCode, err).toBe(0)
  expect(out).toMatch(/Measurement id +G-THEIRS0001/)
  const [, planned] = /and (\d+) to Analytics/.exec(out) ?? []
  expect(out).toMatch(new RegExp(`Manager, ${planned} to Analytics, \\d+ s`))
  expect((await plan(...apply)).out).toContain('Nothing to change')
  // Written out, it is the same plan.
  writeFileSync(
    FILE,
    readFileSync(FILE, 'utf8').replace('"345000001"', '"345000001", measurementId: G-THEIRS0001'),
  )
  expect((await plan(...apply)).out).toContain('Nothing to change')
})

test('of several web streams none is chosen: they are listed', async () => {
  await streamOf('G-ONE')
  await streamOf('G-TWO')
  const { exitCode, err } = await plan('diff', FILE, '-e', 'staging', '--sandbox', sandbox.url)
  expect(exitCode).toBe(1)
  expect(err).toContain(
    'error measurement-id-is-known: The plan leaves out the measurement id, and property 345000001 has 2 web streams: G-ONE, G-TWO. Write the one you mean into the plan: measurementId: G-ONE.',
  )
  expect((await plan('doctor', FILE, '-e', 'staging', '--sandbox', sandbox.url)).out).toContain(
    'The plan does not say which web stream of property 345000001 is meant. It has',
  )
})

test('offline it is said in words what is not known, and a file for Import is refused', async () => {
  expect(await plan('validate', FILE)).toMatchObject({ exitCode: 0 })
  expect((await plan('compile', FILE, '-e', 'staging')).out).toContain('the web stream of property 345000001')
  const { exitCode, out, err } = await plan('compile', FILE, '-e', 'staging', '--format', 'gtm')
  expect([exitCode, out]).toEqual([1, ''])
  expect(err).toContain('error measurement-id-is-known')
})
