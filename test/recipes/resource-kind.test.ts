/**
 * The recipe of CONTRIBUTING, "A resource kind": a kind of GA4's made up in memory, its line in the table of kinds and its line in
 * the table of Google's lists are all that reading, the difference, its words and the writes need.
 */
import { expect, test } from 'vitest'
import { writeGa4 } from '../../src/apply/write-ga4.ts'
import { diff } from '../../src/diff/diff.ts'
import type { ClientRequest, GoogleConnection } from '../../src/google/connection.ts'
import { COLLECTIONS } from '../../src/google/ga4-collections.ts'
import { ALL_KINDS, GA4, GA4_KINDS, KINDS } from '../../src/kinds/kinds.ts'
import type { Sent } from '../../src/kinds/kind.ts'
import type { LiveState } from '../../src/live/live.ts'
import { ga4ListOf } from '../../src/live/property.ts'
import { parseDescription } from '../../src/resources/marker.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { Change } from '../../src/resources/change-set.ts'
import type { Ga4Kind, Resource } from '../../src/resources/resource.ts'
import { renderChangeSetText } from '../../src/render/change-set-text.ts'
import { resourceChanges } from '../../src/review/resource-changes.ts'
import { diffOptions } from '../apply/harness.ts'
import { compileFile } from '../compile/compile-file.ts'
import { liveStateOf } from '../diff/live-state.ts'

/** The one file. Its kind is in no type, so that the types are told nothing here. */
const bookmark = {
  title: 'bookmark',
  titles: 'bookmarks',
  mark: 'description with id',
  removal: 'archive',
  collection: 'bookmarks',
  singleton: false,
  compile: ({ id }: Plan) => [desired({}, id)],
  at: 'property',
  isAsked: () => true,
  facet: 'bookmark',
  subject: 'property',
  sentByTags: false,
  fixed: ['address'],
  replacing: 'a bookmark never moves: it is made anew',
  identity: ({ key }: { key: string }) => key,
  nameOf: ({ displayName }: Spec) => displayName,
  idOf: ({ displayName }: Spec) => displayName,
  fromWire: (sent: Sent) => ({
    displayName: String(sent.displayName),
    address: String(sent.address),
    description: parseDescription(String(sent.description)).text,
  }),
  toWire: (spec: Spec) => ({ ...spec }),
  wireFields: {},
  words: ({ spec }: { spec: Spec }) => [['Bookmark of', spec.address]],
}
interface Spec {
  readonly displayName: string
  readonly address: string
  readonly description: string
}
const KIND = 'ga4/bookmark' as Ga4Kind
// The line in the table of kinds.
Object.assign(GA4, { [KIND]: bookmark })
Object.assign(KINDS, { [KIND]: bookmark })
;(ALL_KINDS as Ga4Kind[]).push(KIND)
;(GA4_KINDS as Ga4Kind[]).push(KIND)
// The line in the table of Google's lists; here stands what Google's client has, keeps what it is asked, and has what it was sent.
const asked: object[] = []
const there = new Map<string, object>()
type Request = { name?: string; requestBody?: object }
const answer = (data: object): Promise<{ status: number; data: object }> =>
  Promise.resolve({ status: 200, data })
const write = (request: Request): ReturnType<typeof answer> => {
  asked.push(request)
  const { name = 'properties/1/bookmarks/9', requestBody } = request
  there.set(name, { ...there.get(name), ...requestBody, name })
  return answer({ name })
}
const remove = (name: string): ReturnType<typeof answer> => {
  asked.push({ remove: name })
  there.delete(name)
  return answer({})
}
const list = (): ReturnType<typeof answer> => answer({ bookmarks: [...there.values()] })
Object.assign(COLLECTIONS, {
  bookmarks: {
    title: 'bookmark',
    removal: 'archive',
    read: (body: unknown) => body,
    ask: async (_: GoogleConnection, { call, read }: ClientRequest<object, unknown>) =>
      read(
        (
          await call(
            { list, create: write, patch: write, remove },
            { headers: {}, signal: new AbortController().signal },
          )
        ).data,
      ),
  },
})

const desired = (spec: Partial<Spec> = {}, plan = 'shop'): Resource =>
  ({
    kind: KIND,
    key: `${plan}/home#bookmark`,
    name: spec.displayName ?? 'Home',
    notes: '',
    spec: { displayName: 'Home', address: '/', description: 'Where all begins', ...spec },
  }) as unknown as Resource

const listed = (...sent: object[]): LiveState =>
  liveStateOf({ ga4: ga4ListOf(KIND, sent, { plan: 'shop', listed: new Map() }) })

async function made(live: LiveState, resources: readonly Resource[]): Promise<readonly object[]> {
  const { changeSet } = diff(resources, live, diffOptions())
  const inGa4 = changeSet.changes.filter(({ kind }) => kind === KIND)
  asked.length = 0
  there.clear()
  for (const { remote } of live.ga4) there.set(remote.id, remote.sent)
  // The table asks Google itself; of the connection nothing else is wanted.
  await writeGa4({} as GoogleConnection, live, inGa4, () => {})
  return [...asked]
}

const written = async (): Promise<object> => {
  const [create] = (await made(listed(), [desired()])) as { requestBody: object }[]
  return { name: 'properties/1/bookmarks/9', ...create?.requestBody }
}

test('a plan that has something of it compiles to it, and only then is it read', async () => {
  const { compiled } = await compileFile('plans/advisory.yaml')
  expect(compiled.resources).toContainEqual(desired({}, 'advisory'))
  expect(compiled.asked).toContain(KIND)
})

test('it is made with its mark, read again as the plan’s, and then nothing is left to do', async () => {
  const sent = await written()
  expect(sent).toMatchObject({
    address: '/',
    description: expect.stringMatching(
      /^Where all begins \[measurement-plan shop\/home [0-9a-f]{12}\]$/,
    ) as string,
  })
  const live = listed(sent, {
    name: 'properties/1/bookmarks/2',
    displayName: 'Mine',
    address: '/',
    description: '',
  })
  expect(live.ga4.map(({ key, ours }) => [key, ours])).toEqual([
    ['shop/home#bookmark', true],
    ['#properties/1/bookmarks/2', false],
  ])
  expect(diff([desired()], live, diffOptions()).changeSet.changes).toEqual([])
})

test('what may change is patched, what may not is made anew, what has left the plan is archived', async () => {
  const live = listed(await written())
  expect(await made(live, [desired({ displayName: 'Start' })])).toMatchObject([
    { name: 'properties/1/bookmarks/9', updateMask: 'display_name,description' },
  ])
  expect(await made(live, [desired({ address: '/start' })])).toMatchObject([
    { remove: 'properties/1/bookmarks/9' },
    { parent: 'properties/1', requestBody: { address: '/start' } },
  ])
  expect(await made(live, [])).toEqual([{ remove: 'properties/1/bookmarks/9' }])
})

test('a difference and a review say it in its words', async () => {
  const live = listed(await written())
  const { changeSet } = diff([desired({ address: '/start' })], live, diffOptions())
  const text = renderChangeSetText(changeSet)
  expect(text).toMatch(/Bookmark of +\/ -> \/start/)
  expect(text).toContain('a bookmark never moves: it is made anew')
  expect(text).toContain('archiving the bookmark Home cannot be undone')
  expect(resourceChanges([desired()], [desired({ address: '/start' })])).toMatchObject([
    { action: 'update', kind: KIND, fields: [{ path: 'address' }] },
  ])
  const waits = (change: Change): boolean => change.untilLive === true
  expect(changeSet.changes.filter(waits)).toEqual([])
})
