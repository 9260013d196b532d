/**
 * GA4's changes go side by side; the limiter sets the pace. Only what is made anew waits until the one before it is archived,
 * and what may refer to another kind until that is written. GA4 answers some updates with 200 and changes nothing, and makes
 * many a thing twice, so in the end what was written is read again, a request for each kind.
 */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import { create, patch, remove } from '../google/ga4.ts'
import { firstMade, ga4Twin, isMarkedFor } from '../diff/diff-ga4.ts'
import { kindsReadBack } from '../diff/requests.ts'
import { differences } from '../diff/three-way.ts'
import type { Live, LiveState } from '../live/live.ts'
import { withMark, type Ga4Module, type Sent } from '../kinds/kind.ts'
import { GA4, isGa4, isMarkedInDescription } from '../kinds/kinds.ts'
import { ga4Parent } from '../live/property.ts'
import { readAgain } from '../live/read-live.ts'
import { fieldOf, type Change } from '../resources/change-set.ts'
import { partsOf, resourceId, type ResourceId } from '../resources/key.ts'
import { hashOf } from '../resources/marker.ts'
import type { Resource, Ga4Kind } from '../resources/resource.ts'
import { thingText } from '../words/change-words.ts'

export type Outcome = { readonly change: Change } &
  /** `made`: the full name of what GA4 says that it created. */
  ({ readonly done: true; readonly made?: string } | { readonly done: false; readonly error: GoogleError })

/** Carries changes out, all of them whatever becomes of the others. */
export async function writeGa4(
  google: GoogleConnection,
  live: LiveState,
  changes: readonly Change[],
  onDone: () => void,
): Promise<readonly Outcome[]> {
  const later = changes.filter(refersToOthers)
  const first = changes.filter((change) => !later.includes(change))
  const outcomes = [
    ...(await sideBySide(google, live, first, onDone)),
    ...(await sideBySide(google, live, later, onDone)),
  ]
  return readBack(google, live, outcomes)
}

function refersToOthers({ desired }: Change): boolean {
  return desired !== undefined && isGa4(desired) && GA4[desired.kind].after !== undefined
}

async function sideBySide(
  google: GoogleConnection,
  live: LiveState,
  changes: readonly Change[],
  onDone: () => void,
): Promise<readonly Outcome[]> {
  const byResource = new Map<ResourceId, Change[]>()
  for (const change of changes)
    byResource.set(resourceId(change), [...(byResource.get(resourceId(change)) ?? []), change])
  const outcomes = [...byResource.values()].map((all) => oneAfterAnother(google, live, all, onDone))
  return (await Promise.all(outcomes)).flat()
}

async function readBack(
  google: GoogleConnection,
  live: LiveState,
  outcomes: readonly Outcome[],
): Promise<readonly Outcome[]> {
  const kinds = kindsReadBack(outcomes.filter(({ done }) => done).map(({ change }) => change))
  const madeOf = (kind: Ga4Kind): readonly string[] =>
    outcomes.flatMap((one) =>
      one.done && one.made !== undefined && one.change.kind === kind ? [one.made] : [],
    )
  const now = new Map(
    await Promise.all(
      kinds.map(async (kind) => [kind, await readWith(google, kind, live, madeOf(kind))] as const),
    ),
  )
  return Promise.all(
    outcomes.map(async (outcome): Promise<Outcome> => {
      const { change, done } = outcome
      const { desired } = change
      if (!done || desired === undefined || !isGa4(desired)) return outcome
      const there = now.get(desired.kind) ?? []
      const error =
        there instanceof GoogleError
          ? there
          : ((await secondTakenAway(google, live, outcome, desired, there)) ??
            changedNothing(desired, { ...live, ga4: there }, change))
      return error === undefined ? outcome : { change, done: false, error }
    }),
  )
}

/**
 * GA4 leaves an empty list out of its answer, so a list that comes without its members looks like one that has none; and two
 * runs may make one thing at one moment. Where GA4 takes the name twice, what this run made is taken away again: nobody uses it
 * yet. What it knew of before is not in the way: that is archived, and a list may name it for a while.
 */
async function secondTakenAway(
  google: GoogleConnection,
  live: LiveState,
  { change, made }: Outcome & { readonly done: true },
  desired: Resource<Ga4Kind>,
  now: readonly Live<Ga4Kind>[],
): Promise<GoogleError | undefined> {
  if (made === undefined) return undefined
  const known = new Set(live.ga4.map(({ remote }) => remote.id))
  const first = firstMade(
    desired,
    now.filter(({ remote }) => !known.has(remote.id)),
  )
  if (first === undefined || first.remote.id === made) return undefined
  const what = thingText(change)
  try {
    await remove(google, GA4[desired.kind].collection, made)
  } catch (error) {
    if (error instanceof GoogleError) return error
    throw error
  }
  if (isDone(desired, { ...live, ga4: [first] }, change)) return undefined
  return new GoogleError({
    code: 'concurrent-change',
    message: `GA4 has ${what} already, otherwise than planned, and did not say so before; the second one that was made was taken away again.`,
    fix: 'run it again',
    requestMethod: 'POST',
    requestPath: made,
    maybeApplied: false,
  })
}

/** A list that lacks what GA4 says it has just made is not believed the first time. */
async function readWith(
  google: GoogleConnection,
  kind: Ga4Kind,
  live: LiveState,
  made: readonly string[],
): Promise<readonly Live<Ga4Kind>[] | GoogleError> {
  const listed = await readOrError(google, kind, live)
  const isWhole =
    listed instanceof GoogleError || made.every((name) => listed.some(({ remote }) => remote.id === name))
  return isWhole ? listed : readOrError(google, kind, live)
}

async function readOrError(
  google: GoogleConnection,
  kind: Ga4Kind,
  live: LiveState,
): Promise<readonly Live<Ga4Kind>[] | GoogleError> {
  try {
    return await readAgain(google, kind, live)
  } catch (error) {
    if (error instanceof GoogleError) return error
    throw error
  }
}

/** What GA4 says it took and does not have. */
function changedNothing(desired: Resource<Ga4Kind>, now: LiveState, change: Change): GoogleError | undefined {
  if (isDone(desired, now, change)) return undefined
  const there = ga4Twin(desired, now.ga4)
  const fields =
    there === undefined
      ? []
      : differences({ ...there, notes: desired.notes }, desired).map((field) => {
          const label = GA4[desired.kind].labels?.[fieldOf(field)]
          return label === undefined ? field.path : `"${label}"`
        })
  const { singleton, title } = GA4[desired.kind]
  const what = singleton ? `the ${title} settings` : thingText(change)
  return new GoogleError({
    code: 'changed-nothing',
    message:
      there === undefined
        ? `GA4 answered that it made ${what}, and it is not there.`
        : `GA4 answered that it took ${what}, and has another ${fields.join(', ') || 'description'} than was written.`,
    fix: "look at it on GA4's own page, under Admin; what cannot be set there either is not to be had in this property",
    requestMethod: 'PATCH',
    requestPath: there?.remote.id ?? now.property,
    maybeApplied: false,
  })
}

async function oneAfterAnother(
  google: GoogleConnection,
  live: LiveState,
  changes: readonly Change[],
  onDone: () => void,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  let left = live
  for (const change of changes) {
    try {
      const made = await carryOut(google, left, change)
      onDone()
      outcomes.push({ change, done: true, ...(made === undefined ? {} : { made }) })
      if (change.action === 'delete') left = without(left, change)
    } catch (error) {
      if (!(error instanceof GoogleError)) throw error
      return [...outcomes, { change, done: false, error }]
    }
  }
  return outcomes
}

function without(live: LiveState, change: Change): LiveState {
  const gone = ownIn(live, change)
  return { ...live, ga4: live.ga4.filter((each) => each !== gone) }
}

/** @returns the full name of what was created */
async function carryOut(
  google: GoogleConnection,
  live: LiveState,
  change: Change,
): Promise<string | undefined> {
  try {
    return await write(google, live, change)
  } catch (error) {
    const isThere = error instanceof GoogleError && (error.maybeApplied || error.code === 'already-exists')
    const { desired } = change
    if (!isThere || desired === undefined || !isGa4(desired)) throw error
    // The answer was lost, or another run was faster: what counts is what is there now.
    const now = { ...live, ga4: await readAgain(google, desired.kind, live) }
    if (isDone(desired, now, change)) return undefined
    if (error.code === 'already-exists') throw error
    return write(google, now, change)
  }
}

function isDone(desired: Resource<Ga4Kind>, { ga4 }: LiveState, { found }: Change): boolean {
  const there = ga4Twin(desired, ga4)
  if (there === undefined) return false
  const isMarked =
    !isMarkedInDescription(desired.kind) || found === true || (there.ours && isMarkedFor(desired, there))
  return isMarked && differences({ ...there, notes: desired.notes }, desired).length === 0
}

async function write(google: GoogleConnection, live: LiveState, change: Change): Promise<string | undefined> {
  const { desired } = change
  if (desired === undefined) {
    await removeIt(google, live, change)
    return undefined
  }
  if (!isGa4(desired)) throw new Error(`${desired.kind} is not GA4's.`)
  const { collection, at } = GA4[desired.kind]
  const there = ga4Twin(desired, live.ga4, change.action === 'adopt')
  const body = bodyOf(desired, live, change)
  if (there === undefined) {
    const parent = ga4Parent(desired.kind, live)
    if (parent === undefined) throw new Error(`The property lacks the ${at}.`)
    return (await create(google, collection, parent, body)).name
  }
  const fields = {
    ...changedFields(body, desired.kind, change),
    ...fieldsAlong(
      body,
      desired.kind,
      change,
      live.ga4.find(({ remote }) => remote.id === there.remote.id),
    ),
  }
  // Adopting what is already as planned only writes the list of what is owned, which stands in the container.
  if (Object.keys(fields).length > 0) await patch(google, collection, there.remote.id, fields)
  return undefined
}

/** Every field of a request. What was in GA4 before the plan gets no mark: it is kept up to date, and never archived. */
function bodyOf<K extends Ga4Kind>(
  desired: Resource<K>,
  { plan, stream }: LiveState,
  { found }: Change,
): Sent {
  const body = GA4[desired.kind].toWire(desired.spec, stream)
  if (!isMarkedInDescription(desired.kind) || found === true) return body
  const whose = GA4[desired.kind].mark === 'description with id' ? `${plan}/${partsOf(desired.key).id}` : plan
  return withMark(body, { plan: whose, hash: hashOf(desired) })
}

/** What the change says is another; what has no value any more is null. A new mark goes along with every change. */
function changedFields(body: Sent, kind: Ga4Kind, { fields, found }: Change): Sent {
  const { wireFields } = GA4[kind]
  const changed = fields.map(fieldOf).map((field) => wireFields[field] ?? field)
  const marked = isMarkedInDescription(kind) && found !== true ? ['description'] : []
  return Object.fromEntries([...changed, ...marked].map((field) => [field, body[field] ?? null]))
}

/** What GA4 takes only together with a field that changes: as it is to be, else as it is. */
function fieldsAlong(body: Sent, kind: Ga4Kind, { fields }: Change, there: Live<Ga4Kind> | undefined): Sent {
  const { together = [], toWire } = GA4[kind] as Ga4Module<Ga4Kind>
  const changed = new Set(fields.map(({ path }) => path))
  const before: Sent = there === undefined ? {} : toWire(there.spec)
  const along = together.filter((group) => group.some((field) => changed.has(field))).flat()
  return Object.fromEntries(along.map((field) => [field, body[field] ?? before[field] ?? null]))
}

/** By name too: one parameter registered in two scopes has one key. */
function ownIn({ ga4 }: LiveState, { kind, key, name }: Change): Live<Ga4Kind> | undefined {
  return ga4.find((each) => each.ours && each.kind === kind && each.key === key && each.name === name)
}

async function removeIt(google: GoogleConnection, live: LiveState, change: Change): Promise<void> {
  const there = ownIn(live, change)
  if (there) await remove(google, GA4[there.kind].collection, there.remote.id)
}
