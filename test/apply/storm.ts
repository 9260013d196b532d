/**
 * Any plan, any edit of it, any foreign container, any weather: apply again and again until nothing goes wrong any
 * more, and look after every attempt whether a promise was broken. Over real HTTP, with the real client.
 */
import fc from 'fast-check'
import type { GoogleConnection } from '../../src/google/connection.ts'
import { GoogleError } from '../../src/google/errors.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { apply } from '../../src/apply/apply.ts'
import { partsOf } from '../../src/resources/key.ts'
import { diff } from '../../src/diff/diff.ts'
import { readLive } from '../../src/live/read-live.ts'
import { Colleague, theirTag } from './colleague.ts'
import { containerExport } from './foreign.ts'
import { diffOptions, PROPERTY, TARGET, type World } from './harness.ts'
import { resourcesOf, type Conversion, type SmallPlan } from './make-resources.ts'

export interface Attempt {
  readonly faults: readonly Fault[]
  /** The process ends with the request of that number, before it is sent or before its answer is read. */
  readonly killed?: { readonly request: number; readonly when: 'before' | 'after' }
  /** Somebody makes a version by hand before the request of that number. */
  readonly colleague?: {
    readonly request: number
    readonly does: 'adds a tag' | 'edits ours' | 'deletes ours'
  }
}

export interface Fault {
  readonly skip: number
  readonly kind: keyof typeof FAULTS
}

const QUOTA_403 = {
  error: {
    code: 403,
    message: 'Quota exceeded',
    errors: [{ message: 'Quota exceeded', domain: 'usageLimits', reason: 'rateLimitExceeded' }],
    status: 'PERMISSION_DENIED',
  },
}

const FAULTS = {
  'too fast (429)': { status: 429 },
  'too fast (403)': { status: 403, body: QUOTA_403 },
  'failed (500)': { status: 500 },
  'failed after all (500)': { status: 500, when: 'after' },
  'unavailable (503)': { status: 503, times: 2 },
  'cut before': { drop: true },
  'cut after': { drop: true, when: 'after' },
  'cut again and again': { drop: true, times: 4 },
  slow: { delayMs: 5 },
} as const

export interface Storm {
  readonly foreign: { readonly tags: number; readonly variables: readonly string[] }
  readonly behaviour: Readonly<Record<string, unknown>>
  readonly plans: readonly { readonly plan: SmallPlan; readonly attempts: readonly Attempt[] }[]
}

const ids = ['a', 'b', 'c', 'd'] as const
const variables = ['x', 'y', 'z'] as const

const conversion = (id: string): fc.Arbitrary<Conversion> =>
  fc.record(
    {
      id: fc.constant(id),
      title: fc.constantFrom(`Title ${id}`, `Other ${id}`, 'Shared', 'Tïtle – ü'),
      event: fc.constantFrom(`event_${id}`, `changed_${id}`),
      stage: fc.constantFrom('awareness', 'decision'),
      target: fc.constantFrom('1%', '2%'),
      sends: fc.subarray([...variables]),
      group: fc.boolean(),
      keyEvent: fc.record({ value: fc.constantFrom(1, 2.5) }),
    },
    { requiredKeys: ['id', 'title', 'event'] },
  )

const smallPlan: fc.Arbitrary<SmallPlan> = fc
  .record({
    conversions: fc.subarray([...ids]).chain((chosen) => fc.tuple(...chosen.map(conversion))),
    // Names may be swapped between two plans, or be the name of somebody else's variable.
    names: fc.shuffledSubarray(['DLV - x', 'DLV - y', 'DLV - z', 'Swapped'], { minLength: 3, maxLength: 3 }),
    dimensions: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('Name', 'Other name'), {
      maxKeys: 2,
    }),
    builtIns: fc.subarray([['clickUrl', 'Click URL'] as const, ['formId', 'Form ID'] as const]),
  })
  .map(({ conversions, names, dimensions, builtIns }) => ({
    conversions: distinct(conversions),
    variables: Object.fromEntries(variables.map((id, index) => [id, names[index] ?? ''])),
    dimensions,
    builtIns,
  }))

/** Compile never gives two things of a kind one name. */
function distinct(conversions: readonly Conversion[]): readonly Conversion[] {
  const taken = new Set<string>()
  return conversions.map((each) => {
    const title = each.title ?? each.id
    const own = taken.has(title) ? `${title} ${each.id}` : title
    taken.add(own)
    return { ...each, title: own }
  })
}

const attempt: fc.Arbitrary<Attempt> = fc.record(
  {
    faults: fc.array(
      fc.record({
        skip: fc.nat(22),
        kind: fc.constantFrom(...(Object.keys(FAULTS) as (keyof typeof FAULTS)[])),
      }),
      { maxLength: 4 },
    ),
    killed: fc.record({ request: fc.nat(22), when: fc.constantFrom('before' as const, 'after' as const) }),
    colleague: fc.record({
      request: fc.nat(16),
      does: fc.constantFrom('adds a tag' as const, 'edits ours' as const, 'deletes ours' as const),
    }),
  },
  { requiredKeys: ['faults'] },
)

const behaviour = fc.record(
  {
    bulkUpdate: fc.constantFrom('supported', 'supported', 'supported', 'unsupported'),
    bulkNewIdsInFiringTriggers: fc.boolean(),
    bulkAtomic: fc.boolean(),
    bulkBuiltIns: fc.boolean(),
    bulkChecksFingerprints: fc.boolean(),
    bulkMaxChanges: fc.constantFrom(3, 10),
    renameRewritesReferences: fc.boolean(),
    fillDefaults: fc.boolean(),
    fingerprintMismatchStatus: fc.constantFrom(400, 409, 412),
    deleteVariableInUse: fc.constantFrom('dangle', 'refuse'),
    archivedNameReusable: fc.constant(true),
  },
  { requiredKeys: ['archivedNameReusable'] },
)

export const storm: fc.Arbitrary<Storm> = fc.record({
  foreign: fc.record({ tags: fc.nat(4), variables: fc.subarray(['DLV - x', 'Unrelated']) }),
  behaviour,
  plans: fc.array(fc.record({ plan: smallPlan, attempts: fc.array(attempt, { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
})

class Killed extends Error {}

const REFUSED = 'refused'

/** Rides out a storm. Throws with what was broken. */
export async function rideOut(world: World, { foreign, behaviour: ways, plans }: Storm): Promise<void> {
  await world.control('POST', 'reset')
  await world.control('POST', 'seed', containerExport(foreign))
  await world.control('POST', 'ensure', { property: PROPERTY })
  await world.control('POST', 'behaviour', ways)
  const dana = new Colleague(world)
  const theirs = new Theirs(world)
  await theirs.note()
  const eventsBefore = (await dana.keyEvents()).map(({ eventName }) => String(eventName))
  const published = await world.liveVersionId()
  for (const { plan, attempts } of plans) {
    const resources = resourcesOf(plan)
    // After the planned bad weather it may take a few quiet runs: one to go on, one for what a colleague did meanwhile.
    let stopped: unknown
    for (let run = 0; ; run++) {
      if (run > attempts.length + 4) throw new Error('apply does not come to an end')
      stopped = await once(world, resources, attempts[run], dana, theirs)
      await theirs.check()
      check(await world.liveVersionId(), published, 'the published version')
      if (stopped === REFUSED) break
      if (run >= attempts.length && stopped === undefined) break
      if (run >= attempts.length + 4) throw new Error(`still stopped: ${JSON.stringify(stopped)}`)
    }
    if (stopped !== REFUSED) await checkInPlace(world, resources, dana, eventsBefore)
  }
}

async function once(
  world: World,
  resources: readonly Resource[],
  { faults = [], killed, colleague }: Partial<Attempt> = {},
  dana: Colleague,
  theirs: Theirs,
): Promise<unknown> {
  const { google, clock } = await world.connect()
  const inFlight = new Set<Promise<unknown>>()
  let requests = 0
  let isDead = false
  const pass = async <C, T>(send: (request: C) => Promise<T>, request: C): Promise<T> => {
    if (isDead) throw new Killed()
    const number = requests++
    if (number === colleague?.request) await workByHand(world, colleague.does, dana, theirs)
    if (number === killed?.request && killed.when === 'before') isDead = true
    if (isDead) throw new Killed()
    const answer = await send(request)
    if (number === killed?.request) isDead = true
    if (isDead) throw new Killed()
    return answer
  }
  const watched =
    <C, T>(send: (request: C) => Promise<T>) =>
    (request: C): Promise<T> => {
      const passing = pass(send, request)
      inFlight.add(passing)
      return passing
    }
  const wrapped = (connection: GoogleConnection): GoogleConnection => ({
    ...connection,
    gtm: watched(connection.gtm) as GoogleConnection['gtm'],
    ga4: watched(connection.ga4) as GoogleConnection['ga4'],
    withScopes: async (scopes) => wrapped(await connection.withScopes(scopes)),
  })
  if (faults.length > 0) {
    await world.control('POST', 'faults', {
      faults: faults.map(({ skip, kind }) => ({ path: '^/(tagmanager|v1beta)', skip, ...FAULTS[kind] })),
    })
  }
  try {
    const connection = wrapped(google)
    const live = await readLive(connection, TARGET)
    const { changeSet, diagnostics } = diff(resources, live, diffOptions({ restoreDrift: true }))
    const wrong = diagnostics.filter(({ severity }) => severity === 'error')
    // A name that somebody else's variable has: said beforehand, and nothing is touched.
    if (wrong.some(({ code }) => code === 'name-is-taken')) return REFUSED
    if (wrong.length > 0) throw new Error(wrong.map(({ message }) => message).join('\n'))
    const report = await apply(connection, changeSet, live, {
      publish: false,
      onProgress: () => {},
      now: () => clock.now(),
    })
    return report.stopped
  } catch (error) {
    if (error instanceof Killed || error instanceof GoogleError) return error.message || 'killed'
    throw error
  } finally {
    await Promise.allSettled(inFlight)
    await world.control('DELETE', 'faults')
  }
}

/** In the default workspace, as people do. Faults are put aside: it is the product's line that is bad. */
async function workByHand(
  world: World,
  does: NonNullable<Attempt['colleague']>['does'],
  dana: Colleague,
  theirs: Theirs,
): Promise<void> {
  const { faults } = (await world.control('GET', 'faults')) as { faults: Record<string, unknown>[] }
  await world.control('DELETE', 'faults')
  const ours = (await world.contents())
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .find(
      ({ tagId, notes }) => tagId !== undefined && String(notes).includes('/measurement-plan outfitters/'),
    )
  if (does === 'adds a tag') {
    const name = `By hand ${(await world.contents()).length} ${Math.trunc(performance.now() * 1000)}`
    await dana.edit((desk) => desk.create('tags', theirTag(name, 'Page URL')))
  } else if (ours !== undefined) {
    const name = String(ours.name)
    await dana.edit((desk) =>
      does === 'edits ours'
        ? desk.change('tags', name, (tag) => ({ ...tag, paused: true }))
        : desk.delete('tags', name),
    )
  }
  await theirs.note()
  const left = faults.flatMap(({ id, happened, ...fault }) => {
    if (id === undefined) throw new Error('a fault without a number')
    const times = Number(fault.times) - Number(happened)
    return times > 0 ? [{ ...fault, times }] : []
  })
  if (left.length > 0) await world.control('POST', 'faults', { faults: left })
}

/** Everything in the container that is not the plan's, to the byte. */
class Theirs {
  readonly #world: World
  #expected: readonly string[] = []

  constructor(world: World) {
    this.#world = world
  }

  async #read(): Promise<readonly string[]> {
    const builtIns = /"type":"(clickUrl|formId)"/
    return (await this.#world.contents())
      .filter((line) => !line.includes('/measurement-plan outfitters/') && !builtIns.test(line))
      .sort()
  }

  async note(): Promise<void> {
    this.#expected = await this.#read()
  }

  async check(): Promise<void> {
    check(await this.#read(), this.#expected, 'what is not the plan’s')
  }
}

async function checkInPlace(
  world: World,
  resources: readonly Resource[],
  dana: Colleague,
  eventsBefore: readonly string[],
): Promise<void> {
  const { changeSet } = await world.diff(resources)
  // Nothing is published here, so what is to be archived waits.
  const left = changeSet.changes.filter(({ untilLive }) => untilLive !== true)
  check(left, [], 'the difference after apply')
  const keys = (await world.contents()).flatMap((line) => {
    const match = /\[\/measurement-plan (\S+) /.exec(line)
    return match ? [match[1]] : []
  })
  const inGtm = resources.filter(({ kind }) => kind.startsWith('gtm/') && kind !== 'gtm/built-in-variable')
  const used = changeSet.uses.map(({ key }) => key)
  check(
    [...keys].sort(),
    inGtm
      .map(({ key }) => key)
      .filter((key) => !used.includes(key))
      .sort(),
    'the marks in the container',
  )
  const events = (await dana.keyEvents()).map(({ eventName }) => String(eventName))
  const wanted = resources.flatMap((each) => (each.kind === 'ga4/key-event' ? [each.spec.eventName] : []))
  check([...events].sort(), [...new Set([...eventsBefore, ...wanted])].sort(), 'the key events')
  const dimensions = (await dana.dimensions()).map(({ parameterName }) => String(parameterName))
  const registered = resources.flatMap((each) =>
    each.kind === 'ga4/custom-dimension' ? [each.spec.parameterName] : [],
  )
  const waiting = changeSet.changes.flatMap(({ untilLive, key }) =>
    untilLive === true ? [partsOf(key).id] : [],
  )
  check([...dimensions].sort(), [...registered, ...waiting].sort(), 'the custom dimensions')
  check(await world.workspaceNames(), ['Default Workspace'], 'the workspaces')
}

function check(actual: unknown, expected: unknown, what: string): void {
  const [is, shall] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (is !== shall) throw new Error(`${what}\n  is    ${is}\n  shall ${shall}`)
}
