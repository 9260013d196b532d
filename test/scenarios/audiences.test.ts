/** Audiences, from the plan to GA4 and back: made, named anew, made anew where the rule changed, archived. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ownSandbox } from './own-sandbox.ts'
import { inNewFolder, planAnswering, type Outcome } from './run-plan.ts'

const sandbox = ownSandbox()
inNewFolder()

const FILE = 'plans/advisory.yaml'
const plan = (...argv: readonly string[]): Promise<Outcome> =>
  planAnswering(undefined, ...argv, FILE, '--sandbox', sandbox.url)
const states = (lines: string): void => writeFileSync(FILE, `${withoutAudiences()}\naudiences:${lines}\n`)
const withoutAudiences = (): string =>
  readFileSync(FILE, 'utf8').replace(/\naudiences:.*\n(?:(?: .*)?\n)*/, '\n')

interface Audience {
  readonly name: string
  readonly displayName: string
  readonly description: string
  readonly membershipDurationDays: number
  readonly filterClauses: readonly object[]
}
const AS = { authorization: 'Bearer sandbox:analytics.edit', 'content-type': 'application/json' }
const address = (): string => `${sandbox.url}/v1alpha/properties/345000011/audiences`
const audiences = async (): Promise<readonly Audience[]> =>
  ((await (await fetch(address(), { headers: AS })).json()) as { audiences?: Audience[] }).audiences ?? []
const requests = async (): Promise<readonly string[]> => {
  const all = (await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as {
    requests: readonly { readonly method: string; readonly path: string }[]
  }
  return all.requests
    .filter(({ path, method }) => path.includes('/audiences') && method !== 'GET')
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/audiences/, '').replace(/\?.*$/, '')}`)
}

const READERS = `
  guide_readers:
    title: Read the guide, did not ask
    did: [guide_download]
    didNot: [quote_request]
    within: 30d
    keep: 60d
    event: guide_reader`

test('an audience is made, is as planned, and is named anew in place', async () => {
  states(READERS)
  const diff = await plan('diff')
  expect(diff.out).toContain('audience guide_readers')
  expect(diff.out).toMatch(/Events +file_download/)
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  const [made] = await audiences()
  expect(made).toMatchObject({
    displayName: 'Read the guide, did not ask',
    description: expect.stringMatching(
      /^\[measurement-plan advisory\/guide_readers [0-9a-f]{12}\]$/,
    ) as string,
    membershipDurationDays: 60,
    exclusionDurationMode: 'EXCLUDE_TEMPORARILY',
    eventTrigger: { eventName: 'guide_reader', logCondition: 'AUDIENCE_JOINED' },
  })
  expect(await plan('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })

  // Another title, and another id that says which it was: one list goes on.
  states(
    READERS.replace('guide_readers:', 'readers:\n    was: guide_readers').replace('Read the', 'Has read the'),
  )
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  const [renamed] = await audiences()
  expect(renamed).toMatchObject({ name: made?.name, displayName: 'Has read the guide, did not ask' })
  expect(renamed?.description).toContain('advisory/readers ')
  expect(await plan('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
})

test('a changed rule is another list: only behind --allow-delete, archived before it is made anew', async () => {
  states(READERS)
  await plan('apply', '--auto-approve')
  const [before] = await audiences()
  states(READERS.replace('60d', '90d'))
  const refused = await plan('apply', '--auto-approve')
  expect(refused.exitCode).toBe(1)
  expect(refused.out).toContain('the list starts again at zero')
  expect(refused.out).toMatch(/Kept for +60 days -> 90 days/)
  expect(refused.err).toContain('--allow-delete')
  expect(await audiences()).toEqual([before])

  const seen = (await requests()).length
  expect((await plan('apply', '--auto-approve', '--allow-delete')).exitCode).toBe(0)
  const id = before?.name.replace(/^.*\//, '/')
  expect((await requests()).slice(seen)).toEqual([`POST ${id}:archive`, 'POST '])
  expect(await audiences()).toMatchObject([{ membershipDurationDays: 90 }])
  expect(await plan('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
})

test('cut off between the two, the next apply makes the list', async () => {
  states(READERS)
  await plan('apply', '--auto-approve')
  states(READERS.replace('60d', '90d'))
  await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: 'POST',
    headers: AS,
    body: JSON.stringify({ method: 'POST', path: '/audiences$', status: 400 }),
  })
  const cut = await plan('apply', '--auto-approve', '--allow-delete')
  expect([cut.exitCode, await audiences()]).toEqual([1, []])
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  expect(await audiences()).toHaveLength(1)
})

test('only the plan’s own leave, and only where it says that there are to be none', async () => {
  states(READERS)
  await plan('apply', '--auto-approve')
  const [own] = await audiences()
  // Somebody's own, and a copy that somebody made of the plan's.
  for (const description of ['mine', own?.description])
    await fetch(address(), {
      method: 'POST',
      headers: AS,
      body: JSON.stringify({ ...own, name: undefined, displayName: `Of ${description}`, description }),
    })
  expect(await plan('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
  states(' {}')
  const diff = await plan('diff')
  expect(diff.out).toContain('cannot be undone')
  expect((await plan('apply', '--auto-approve', '--allow-delete')).exitCode).toBe(0)
  expect((await audiences()).map(({ name }) => name)).not.toContain(own?.name)
  expect(await audiences()).toHaveLength(2)
})

test('a filter in GA4’s own form is taken from a file, and what is wrong in it is found there', async () => {
  mkdirSync('plans', { recursive: true })
  const leaf = { eventFilter: { eventName: 'video_complete' } }
  const filter = (expression: object): void =>
    writeFileSync(
      'plans/tour.json',
      JSON.stringify(
        {
          filterClauses: [
            {
              clauseType: 'INCLUDE',
              simpleFilter: {
                scope: 'AUDIENCE_FILTER_SCOPE_ACROSS_ALL_SESSIONS',
                filterExpression: expression,
              },
            },
          ],
        },
        null,
        2,
      ),
    )
  states('\n  tour:\n    title: Watched the tour\n    keep: 90d\n    filter: ./tour.json')
  filter({ orGroup: { filterExpressions: [leaf] } })
  const refused = await plan('diff')
  expect(refused.exitCode).toBe(1)
  expect(refused.err).toMatch(/plans\/tour\.json:\d+:\d+ .*audience-filters-are-nested/)
  filter({ andGroup: { filterExpressions: [{ orGroup: { filterExpressions: [leaf] } }] } })
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  expect(await audiences()).toMatchObject([{ displayName: 'Watched the tour', membershipDurationDays: 90 }])
  expect(await plan('diff', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
})

test('a plan that says nothing of audiences does not ask for them', async () => {
  writeFileSync(FILE, withoutAudiences())
  await plan('apply', '--auto-approve')
  const all = (await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as {
    requests: readonly { readonly path: string }[]
  }
  expect(all.requests.filter(({ path }) => path.includes('audiences'))).toEqual([])
})

test('an audience that somebody made under the title of the plan’s is named, and becomes the plan’s when asked for and alike', async () => {
  states(`
  guide_readers: { title: Guide readers, did: [guide_download], keep: 30d }`)
  await plan('apply', '--auto-approve')
  const [made] = await audiences()
  const unmark = (): Promise<Response> =>
    fetch(`${sandbox.url}/v1alpha/${made?.name}?updateMask=description`, {
      method: 'PATCH',
      headers: AS,
      body: JSON.stringify({ description: 'By hand' }),
    })
  const adopt = (): Promise<Outcome> => plan('adopt', '--only', 'Guide readers', '--auto-approve')
  await unmark()
  const diff = await plan('diff')
  expect(diff.err).toContain('warning name-is-there-in-ga4')
  const adopted = await adopt()
  expect([adopted.exitCode, adopted.err]).toEqual([0, expect.any(String)])
  const all = await audiences()
  expect(all.map(({ name }) => name)).toEqual([made?.name])
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)

  await unmark()
  states(`
  guide_readers: { title: Guide readers, did: [guide_download], keep: 60d }`)
  const refused = await adopt()
  expect([refused.exitCode, refused.err]).toEqual([1, expect.stringContaining('error fixed-in-ga4')])
})
