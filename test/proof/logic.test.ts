import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import type { ProofReport } from '../../src/proof/report.ts'
import { inNewFolder, plan } from '../scenarios/run-plan.ts'

const schema = JSON.parse(readFileSync('schemas/proof-report.schema.json', 'utf8')) as Record<string, unknown>
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

inNewFolder()

async function report(...argv: readonly string[]): Promise<ProofReport> {
  const { out, err } = await plan('test', ...argv, '--level', 'logic', '--format', 'json')
  if (out === '') throw new Error(err)
  return JSON.parse(out) as ProofReport
}

/** An example plan with texts replaced. */
function edited(file: string, ...edits: readonly (readonly [string, string])[]): string {
  const text = edits.reduce(
    (now, [from, to]) => {
      if (!now.includes(from)) throw new Error(`${file} does not hold ${from}`)
      return now.replace(from, to)
    },
    readFileSync(file, 'utf8'),
  )
  writeFileSync(file, text)
  return file
}

test.each([
  ['outfitters', 'staging', 19],
  ['outfitters', 'production', 19],
  ['advisory', 'staging', 14],
  ['advisory', 'production', 14],
  ['workspace', 'staging', 19],
  ['workspace', 'production', 19],
  ['overlays/outfitters_sa', 'staging', 18],
  ['overlays/outfitters_sa', 'production', 18],
])('the example plan %s is proven in %s, without a browser', async (file, environment, proven) => {
  const proof = await report(`plans/${file}.yaml`, '-e', environment)
  expect(proof.summary).toEqual({ proven, refuted: 0, 'not-proven': 0, 'not-tried': 0 })
  expect(validate(proof) || validate.errors).toBe(true)
})

test('every conversion with a tag has a scenario in which it fires, and one in which it is silent or says why not', async () => {
  const proof = await report('plans/advisory.yaml', '-e', 'staging')
  for (const { id, results } of proof.conversions) {
    expect([id, results.some(({ expected }) => expected.length > 0)]).toEqual([id, true])
    expect([id, results.length > 1]).toEqual([id, true])
  }
})

test('what an expected hit must carry comes from the plan’s words', async () => {
  const proof = await report('plans/outfitters.yaml', '-e', 'staging')
  const signup = proof.conversions.find(({ id }) => id === 'newsletter_signup')
  expect(signup?.results[0]?.expected).toEqual([
    {
      conversion: 'newsletter_signup',
      event: 'newsletter_signup',
      parameters: { site_language: 'en', market: 'ae', form_location: 'hero', method: 'email' },
    },
  ])
  expect(signup?.results.map(({ scenario }) => scenario)).toEqual([
    'newsletter_signup/fires',
    'newsletter_signup/fires-without-consent',
    'newsletter_signup/silent-otherwise',
    'newsletter_signup/silent-unless-1',
  ])
})

test('a value that only a script gives is not proven, and --strict fails on it', async () => {
  const file = edited('plans/outfitters.yaml', [
    'method: { dataLayer: method }',
    'method: { javascript: "function() { return document.title }" }',
  ])
  const proof = await report(file, '-e', 'staging')
  const joined = proof.conversions.find(({ id }) => id === 'club_joined')
  expect(joined?.outcome).toBe('not-proven')
  expect(joined?.results[0]?.saw.at(-1)?.open).toMatchObject({ method: { code: 'needs-a-page' } })
  const condition = edited(file, [
    'trigger: { dataLayer: sign_up }',
    'trigger: { dataLayer: sign_up, when: [{ value: { variable: Some test }, test: { equals: "1" } }] }',
  ])
  const open = await plan('test', condition, '-e', 'staging', '--level', 'logic')
  expect(open.exitCode).toBe(0)
  expect(open.out).toContain('not tried   club_joined')
  expect((await plan('test', condition, '-e', 'staging', '--level', 'logic', '--strict')).exitCode).toBe(1)
})

test('an exception is told by whether it blocks', async () => {
  const argv = ['--level', 'logic', '--only', 'newsletter_signup', '--explain', 'newsletter_signup']
  const { out } = await plan('test', 'plans/outfitters.yaml', '-e', 'staging', ...argv)
  expect(out).toContain('Exception - newsletter_signup: does not block; the tag ran')
  expect(out).toContain('Exception - newsletter_signup: blocks; the tag was blocked')
})

test('a threshold that a short page shows at once is tried on a page that is long enough', async () => {
  const file = edited('plans/outfitters.yaml', ['percent: [75]', 'percent: [10]'])
  const { conversions } = await report(file, '-e', 'staging', '--only', 'article_read')
  expect(conversions.map(({ id, outcome }) => [id, outcome])).toEqual([['article_read', 'proven']])
})

test('an event goes to the property that its conversion names, or that the page decides on', async () => {
  const file = edited('plans/outfitters.yaml', [
    'trigger: { dataLayer: add_to_wishlist }',
    'measurementIdFrom: G-OTHER00001\n        trigger: { dataLayer: add_to_wishlist }',
  ])
  const own = await report(file, '-e', 'staging', '--only', 'wishlist_add')
  expect(own.conversions.map(({ outcome, destinations }) => [outcome, destinations])).toEqual([
    ['proven', ['G-OTHER00001']],
  ])
})

test('the text fits 80 columns and names level, runtime, pages and plan on top', async () => {
  const { out } = await plan(
    'test',
    'plans/outfitters.yaml',
    '-e',
    'staging',
    '--level',
    'logic',
    '--explain',
    'purchase',
  )
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(out.split('\n').slice(0, 5)).toEqual([
    'Harbour Outfitters web shop (outfitters), staging: GTM-STAGE01, G-STAGE00001',
    'level logic: GTM’s rules re-stated, no browser',
    expect.stringMatching(/^runtime measurement-plan /),
    'pages: generated pages',
    expect.stringMatching(/^plan plans\/outfitters\.yaml, compiled [0-9a-f]{12}$/),
  ])
  expect(out).toContain('✓ {{_event}} equals "purchase"; was "purchase"')
})

test('nothing it prints speaks of data having arrived', async () => {
  const { out } = await plan('test', 'plans/outfitters.yaml', '-e', 'staging', '--level', 'logic')
  expect(out).not.toMatch(/arrived|received|in GA4/)
})

test('JUnit has a suite a conversion and a case a scenario', async () => {
  const { out } = await plan(
    'test',
    'plans/outfitters.yaml',
    '-e',
    'staging',
    '--level',
    'logic',
    '--format',
    'junit',
  )
  expect(out).toContain('<testsuite name="purchase" tests="10" failures="0" errors="0" skipped="0">')
  expect(out.match(/<testcase /g)).toHaveLength(74)
  // What every report says first.
  for (const [name, value] of [
    ['level', 'logic'],
    ['pages', 'generated pages'],
    ['plan', 'plans/outfitters.yaml'],
    ['container', 'GTM-STAGE01'],
  ] as const)
    expect(out).toContain(`<property name="${name}" value="${value}"/>`)
  expect(out).toMatch(/<property name="compiled" value="[0-9a-f]{12}"\/>/)
})

test('a server container is none to run a plan in', async () => {
  const exported = JSON.parse(
    (await plan('compile', 'plans/outfitters.yaml', '-e', 'staging', '--format', 'gtm')).out,
  ) as {
    containerVersion: { container: { usageContext: string[] } }
  }
  exported.containerVersion.container.usageContext = ['SERVER']
  writeFileSync('server.json', JSON.stringify(exported))
  const argv = [
    'test',
    'plans/outfitters.yaml',
    '-e',
    'staging',
    '--level',
    'logic',
    '--around',
    'server.json',
  ]
  expect(await plan(...argv)).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining(
      'error container-is-for-the-web: server.json holds no web container.',
    ) as string,
  })
})

test('an unknown conversion to explain is wrong usage, with the ones there are', async () => {
  const { exitCode, err } = await plan(
    'test',
    'plans/outfitters.yaml',
    '-e',
    'staging',
    '--level',
    'logic',
    '--explain',
    'purchse',
  )
  expect(exitCode).toBe(64)
  expect(err).toContain('no conversion "purchse"')
})

test('a template tag of somebody else that fires leaves open whether it sends the event too, and is named', async () => {
  const staging = ['plans/outfitters.yaml', '-e', 'staging'] as const
  const exported = JSON.parse((await plan('compile', ...staging, '--format', 'gtm')).out) as {
    containerVersion: { tag: unknown[]; trigger: { notes?: string; name: string; triggerId: string }[] }
  }
  exported.containerVersion.tag = [
    {
      tagId: '900',
      name: 'Pixel',
      type: 'cvt_ABCDE',
      firingTriggerId: ['2147479553'],
      tagFiringOption: 'ONCE_PER_EVENT',
    },
  ]
  writeFileSync('live.json', JSON.stringify(exported))
  const proof = await report(...staging, '--around', 'live.json', '--only', 'club_joined')
  expect(proof.outcome).toBe('not-proven')
  expect(proof.conversions[0]?.results[0]?.because).toEqual([
    'the tag “Pixel” may send sign_up too: it is made from a template, whose code is not run here',
  ])
})
