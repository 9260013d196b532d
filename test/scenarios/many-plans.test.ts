/** Several plans and environments in one command: all looked at before one is written to, and none left half done. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { gitIn } from '../git/git-in.ts'
import { ownTown } from './own-town.ts'
import type { Outcome } from './run-plan.ts'
import { htmlTag } from './storms/people.ts'
import { shop } from './storms/town.ts'

const town = await ownTown()

const FORBIDDEN = {
  error: { code: 403, message: 'The caller does not have permission', status: 'PERMISSION_DENIED' },
}

/** Three shops, each with a container and a property of its own; the first has a production that is protected. */
function three(value = 100): readonly string[] {
  const file = (id: string, container: string, property: string): string =>
    town.write(id, shop({ id, container, property, value }))
  const second = file('beta', 'GTM-BETA01', '345000002')
  const third = file('gamma', 'GTM-GAMMA1', '345000003')
  const document = shop({ id: 'alpha', value }) as { environments: Record<string, object> }
  const production = {
    gtm: { account: '6001', container: 'GTM-PROD01' },
    ga4: { property: '345000009', measurementId: 'G-PROD000001' },
    protected: true,
  }
  const environments = { ...document.environments, production }
  return [town.write('alpha', { ...document, environments }), second, third]
}

const apply = (...argv: readonly string[]): Promise<Outcome> =>
  town.plan(['apply', ...argv, '--auto-approve'])
const writes = (): readonly string[] =>
  town.line.passed.filter((line) => !line.startsWith('GET ') && !line.includes(':lookup'))

const SCHEMAS = 'https://measurement-plan.dev/schemas/'

/** A validator of one of our schemas, which may refer to each other. */
function schema(name: string): (text: string) => unknown {
  const ajv = new Ajv2020({ strict: false })
  for (const file of readdirSync('schemas'))
    ajv.addSchema(JSON.parse(readFileSync(`schemas/${file}`, 'utf8')) as object, `${SCHEMAS}${file}`)
  const validate = ajv.getSchema(`${SCHEMAS}${name}.schema.json`)
  return (text) => {
    const value: unknown = JSON.parse(text)
    expect(validate?.(value), JSON.stringify(validate?.errors)).toBe(true)
    return value
  }
}

/** Makes a repository of the folder, which is not the one that the tests run in; the commit of what is there. */
function committed(folder: string): string {
  const git = (...args: readonly string[]): string => gitIn(folder, ...args)
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'The plans')
  return git('rev-parse', '--short=8', 'HEAD')
}

test('one command applies all of them, then nothing is left to change in any', async () => {
  const files = three()
  const { exitCode, out } = await apply(...files)
  expect(exitCode).toBe(0)
  expect(out).toContain('3 environments: 3 done.')
  const diff = await town.plan(['diff', ...files, '--detailed-exitcode'])
  expect(diff).toMatchObject({ exitCode: 0 })
  expect(diff.out).toContain('3 environments: 0 to change, 3 as planned.')
})

test('the summary comes last, below what is left to people', async () => {
  let said = ''
  const both = { out: (text: string) => void (said += text), err: (text: string) => void (said += text) }
  // A checklist is shown once, so these are plans that no other test applies, nor this one when it ran before.
  const files = ['delta', 'kappa'].map((name, index) => {
    const id = `${name}_${Date.now()}`
    return town.write(id, shop({ id, container: `GTM-LAST0${index}`, property: `34500002${index}` }))
  })
  await town.plan(['apply', ...files, '--auto-approve'], undefined, {}, both)
  expect(said.indexOf('To be set by hand')).toBeGreaterThan(0)
  expect(said.lastIndexOf('To be set by hand')).toBeLessThan(said.indexOf('2 environments: 2 done'))
})

test('what an earlier run left unpublished is said to be live once it is', async () => {
  const [alpha = '', beta = ''] = three()
  expect((await apply(alpha)).exitCode).toBe(0)
  const { out } = await apply(alpha, beta, '--publish')
  expect(out).toMatch(/alpha on live \(.*\) +done: live$/m)
  expect(out).toMatch(/beta on live \(.*\) +done: \d+ changes, version 2, live$/m)
})

test('a protected environment is named, also where all are meant; nothing is asked of Google before', async () => {
  const [alpha = ''] = three()
  const refused = await apply(alpha, '--all-environments')
  expect(refused).toMatchObject({ exitCode: 1 })
  expect(refused.err).toContain('production is protected: name it with -e production')
  expect(town.line.passed).toEqual([])
  expect((await apply(alpha, '--all-environments', '-e', 'production')).out).toContain(
    '2 environments: 2 done.',
  )
  expect((await town.plan(['diff', alpha, '-e', 'live', '-e', 'production'])).out).toContain('2 as planned')
})

test('what is wrong with one plan, or between two, is found before anything is asked of Google', async () => {
  const [alpha = '', beta = ''] = three()
  expect((await apply(alpha, beta, '-e', 'production')).err).toContain(
    'The plan has no environment "production"',
  )
  expect((await apply(alpha, beta, '-e', 'live', '-e', 'nowhere')).err).toContain('no environment "nowhere"')
  const copy = town.write('copy', shop({ id: 'beta' }))
  expect((await apply(beta, copy)).err).toContain('error plan-id-is-taken')
  expect(town.line.passed).toEqual([])
})

test('where one cannot be applied to as it is, none is written to', async () => {
  const files = three()
  const steps = { a: {}, b: {}, c: {} }
  town.write('gamma', shop({ id: 'gamma', container: 'GTM-GAMMA1', property: '345000003', steps }))
  await apply(...files)
  three(200)
  const before = writes().length
  const refused = await apply(...files)
  expect(refused).toMatchObject({ exitCode: 1 })
  expect(refused.err).toContain('error deletes-need-permission')
  expect(refused.err).toContain('Nothing was changed anywhere: 1 of 3 environments cannot be applied to')
  expect(writes()).toHaveLength(before)
  expect((await apply(...files, '--allow-delete', '--force')).out).toContain('3 environments: 3 done.')
})

test('a failure in one leaves the others whole, and is told with the command for what is left', async () => {
  const [alpha = '', beta = '', gamma = ''] = three()
  const refusal = { kind: 'answer', status: 403, body: FORBIDDEN } as const
  town.line.set([{ at: /^POST .*properties\/345000002\/keyEvents/, times: 9, when: 'before', does: refusal }])
  const partly = await apply(alpha, beta, gamma)
  expect(partly.exitCode).toBe(1)
  expect(partly.out).toContain('3 environments: 2 done, 1 failed.')
  expect(partly.out).toContain('error permission-denied')
  expect(partly.out).toContain(`What is left to do:\n  plan apply ${beta} -e live --sandbox`)
  town.line.set([])
  expect((await apply(alpha, beta, gamma)).out).toContain('3 environments: 1 done, 2 nothing to do.')
})

test('what would stop every other one as well ends the run, and the rest is not tried', async () => {
  const files = three()
  const refusal = { kind: 'answer', status: 401, body: { error: { code: 401 } } } as const
  town.line.set([{ at: /workspaces$/, times: 99, when: 'before', does: refusal }])
  const { exitCode, out } = await apply(...files)
  expect(exitCode).toBe(1)
  expect(out).toContain('3 environments: 1 failed, 2 not tried.')
  expect(out.match(/^ {2}plan apply .* -e live/gm)).toHaveLength(3)
})

test('two plans in one container are applied one upon the other', async () => {
  const files = ['alpha', 'beta'].map((id) => town.write(id, shop({ id })))
  expect((await apply(...files)).out).toContain('2 environments: 2 done.')
  expect(await town.plan(['diff', ...files, '--detailed-exitcode'])).toMatchObject({ exitCode: 0 })
})

test('who else uses what is in GA4 is asked of each other container once, however many plans ask', async () => {
  const files = three()
  await town.plan(['diff', ...files])
  for (const [id, property] of Object.entries({ alpha: 345000001, beta: 345000002, gamma: 345000003 })) {
    const there = { eventName: `paid_${id}`, countingMethod: 'ONCE_PER_EVENT' }
    await town.people('GTM-SHOP01').call('POST', `v1beta/properties/${property}/keyEvents`, there)
  }
  const before = town.line.passed.length
  expect((await town.plan(['diff', ...files])).out).toContain('3 to change')
  const asked = town.line.passed.slice(before).filter((line) => line.includes('version_headers:latest'))
  // Its own for each, and each once more as one of the others.
  expect(asked).toHaveLength(6)
})

test('as JSON both have published schemas', async () => {
  const files = three()
  const diffs = schema('diffs')((await town.plan(['diff', ...files, '--format', 'json'])).out)
  expect(diffs).toMatchObject({ diffs: [{ plan: 'alpha' }, { plan: 'beta' }, { plan: 'gamma' }] })
  const applied = schema('applies')((await apply(...files, '--format', 'json')).out)
  const { results, made } = applied as {
    results: readonly { result: string; report: { made: { gtm: number } } }[]
    made: { gtm: number }
  }
  expect(results.map(({ result }) => result)).toEqual(['done', 'done', 'done'])
  // Reading comes before, and is in the whole alone.
  const each = results.reduce((sum, { report }) => sum + report.made.gtm, 0)
  expect(made.gtm).toBe(each + 3 * 3)
})

test('what is for one plan alone says so', async () => {
  const [alpha = '', beta = ''] = three()
  const usage = async (...argv: readonly string[]): Promise<Outcome> => town.plan(argv)
  expect(await usage('diff', alpha, beta, '--out', 'x.json')).toMatchObject({ exitCode: 64 })
  expect(await usage('apply', 'x.json', beta)).toMatchObject({ exitCode: 64 })
})

describe('status', () => {
  const status = (...argv: readonly string[]): Promise<Outcome> => town.plan(['status', ...argv])
  const statesOf = ({ out }: Outcome): unknown =>
    (schema('status')(out) as { plans: readonly { states: unknown }[] }).plans.map(({ states }) => states)
  const states = async (...files: readonly string[]): Promise<unknown> =>
    statesOf(await status(...files, '--format', 'json'))

  test('goes from never applied over unpublished to in step, and tells the plan’s moves from those by hand', async () => {
    const files = three()
    const commit = committed(town.folder)
    expect(await states(...files)).toEqual(Array(4).fill(['never applied']))
    await apply(...files)
    expect(await states(...files, '-e', 'live')).toEqual(Array(3).fill(['unpublished']))
    await apply(...files, '--publish')
    expect(await states(...files, '-e', 'live')).toEqual(Array(3).fill(['in step']))
    expect(await status(...files, '-e', 'live', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })

    const [, beta = '', gamma = ''] = three(200)
    const people = town.people('GTM-GAMMA1')
    await people.edit((desk) =>
      desk.change('tags', 'gamma - paid_gamma', (tag) => ({ ...tag, paused: true })),
    )
    const { exitCode, out } = await status(beta, gamma, '--detailed-exitcode')
    expect(exitCode).toBe(2)
    expect(out).toMatch(/^beta +live +2 behind +2 live +[0-9a-f]{8}\+? +\d{4}-\d\d-\d\d/m)
    expect(out).toContain(` ${commit} `)
    expect(out).toMatch(/^gamma +live +2 behind +3, 2 live +other .*\n +1 drifted\n +unpublished$/m)
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('each market inside a container has its own line, and who changed the container is told as far as it tells', async () => {
    const market = shop({ id: 'alpha', more: { markets: ['ae', 'sa'] } })
    const file = town.write('alpha', market)
    const marketsOf = async (): Promise<unknown> =>
      (
        schema('status')((await status(file, '--format', 'json')).out) as {
          plans: readonly { markets: unknown }[]
        }
      ).plans.map(({ markets }) => markets)
    await apply(file, '--publish')
    town.write('alpha', shop({ id: 'alpha', more: { markets: ['ae', 'kw', 'sa'] } }))
    expect(await marketsOf()).toMatchObject([
      [
        { id: 'ae', state: 'in step' },
        { id: 'kw', state: 'behind' },
        { id: 'sa', state: 'in step' },
      ],
    ])
    await apply(file)
    expect((await status(file)).out).toMatch(/\n +· ae +in step\n +· kw +unpublished\n +· sa +in step\n/)

    const people = town.people('GTM-SHOP01')
    await people.edit((desk) =>
      desk.change('tags', 'alpha - paid_alpha', (tag) => ({ ...tag, paused: true })),
    )
    expect((await status(file)).out).toMatch(
      / {2}changed by hand: tag "alpha - paid_alpha", at the latest with version \d+ "By\n {4}hand"/,
    )
    await people.edit((desk) =>
      desk.change(
        'variables',
        'alpha RT - market',
        (table) => JSON.parse(JSON.stringify(table).replace('/sa', '/elsewhere')) as typeof table,
      ),
    )
    expect((await status(file)).out).toMatch(/\n +· ae +in step\n +· kw +unpublished\n +· sa +drifted\n/)
  })

  test('what is in the way, what cannot be used and what cannot be asked have rows as well', async () => {
    const [alpha = '', beta = ''] = three()
    const broken = town.write('broken', { version: 1, plan: 'broken' })
    await town.plan(['diff', beta])
    const mine = htmlTag('beta - paid_beta')
    await town.people('GTM-BETA01').edit(async (desk) => void (await desk.create('tags', mine)))
    const refusal = { kind: 'answer', status: 403, body: FORBIDDEN } as const
    town.line.set([{ at: /properties\/345000009/, times: 9, when: 'before', does: refusal }])
    const found = await status(alpha, beta, broken)
    expect(found.exitCode).toBe(1)
    expect(found.out).toMatch(/^alpha +live +never applied/m)
    expect(found.out).toMatch(/^alpha +production +unknown/m)
    expect(found.out).toMatch(/^beta +live +conflict\b.*(, |\n +)never applied/m)
    expect(found.out).toContain('error name-is-taken')
    expect(found.out).toMatch(/broken\.yaml +unusable/)
    // At a terminal with colours it is no different text, and JSON has none of them.
    const coloured = (...argv: readonly string[]): Promise<Outcome> =>
      town.plan([...argv, beta, broken], undefined, undefined, { colour: true })
    expect((await coloured('status')).out).not.toContain('␛')
    expect((await coloured('status', '--format', 'json')).out).not.toContain('u001b')
    const diff = await town.plan(['diff', alpha, beta, '--format', 'json'], undefined, {}, { colour: true })
    expect(diff.out).toContain('name-is-taken')
    expect(diff.out).not.toContain('u001b')
  })
})
