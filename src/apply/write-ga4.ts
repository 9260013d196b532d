/** GA4's changes do not depend on each other and go side by side; the limiter sets the pace. */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import { create, patch, remove } from '../google/ga4.ts'
import { ga4Twin, isGa4 } from '../diff/diff-ga4.ts'
import { differences } from '../diff/three-way.ts'
import type { Ga4Kind, LiveState } from '../live/live.ts'
import { COLLECTIONS } from '../live/property.ts'
import { readAgain } from '../live/read-live.ts'
import type { Change } from '../resources/change-set.ts'
import { hashOf, renderDescription } from '../resources/marker.ts'
import type { Resource } from '../resources/resource.ts'

export type Outcome = { readonly change: Change } & (
  { readonly done: true } | { readonly done: false; readonly error: GoogleError }
)

/** Carries changes out, all of them whatever becomes of the others. */
export async function writeGa4(
  google: GoogleConnection,
  live: LiveState,
  changes: readonly Change[],
  onDone: () => void,
): Promise<readonly Outcome[]> {
  return Promise.all(
    changes.map(async (change): Promise<Outcome> => {
      try {
        await carryOut(google, live, change)
        onDone()
        return { change, done: true }
      } catch (error) {
        if (error instanceof GoogleError) return { change, done: false, error }
        throw error
      }
    }),
  )
}

async function carryOut(google: GoogleConnection, live: LiveState, change: Change): Promise<void> {
  try {
    await write(google, live, change)
  } catch (error) {
    const isThere = error instanceof GoogleError && (error.maybeApplied || error.code === 'already-exists')
    const { desired } = change
    if (!isThere || desired === undefined || !isGa4(desired)) throw error
    // The answer was lost, or another run was faster: what counts is what is there now.
    const now = { ...live, ga4: await readAgain(google, desired.kind, live) }
    if (isDone(desired, now, change)) return
    if (error.code === 'already-exists') throw error
    await write(google, now, change)
  }
}

function isDone(desired: Resource<Ga4Kind>, { ga4 }: LiveState, { found }: Change): boolean {
  const there = ga4Twin(desired, ga4)
  if (there === undefined) return false
  const isMarked = desired.kind === 'ga4/key-event' || found === true || there.ours
  return isMarked && differences({ ...there, notes: desired.notes }, desired).length === 0
}

async function write(google: GoogleConnection, live: LiveState, change: Change): Promise<void> {
  const { desired } = change
  if (desired === undefined) return removeIt(google, live, change)
  if (!isGa4(desired)) throw new Error(`${desired.kind} is not GA4's.`)
  const collection = COLLECTIONS[desired.kind]
  const there = ga4Twin(desired, live.ga4)
  const body = bodyOf(desired, live.plan, change)
  if (there === undefined) {
    await create(google, collection, live.property, body)
    return
  }
  const fields = changedFields(body, desired.kind, change)
  // Adopting what is already as planned only writes the list of what is owned, which stands in the container.
  if (Object.keys(fields).length > 0) await patch(google, collection, there.remote.id, fields)
}

type Fields = { readonly [field: string]: unknown }

function bodyOf(desired: Resource<Ga4Kind>, plan: string, change: Change): Fields {
  switch (desired.kind) {
    case 'ga4/key-event':
      return { ...desired.spec }
    case 'ga4/custom-dimension':
      return { ...desired.spec, description: descriptionOf(plan, desired, change) }
    case 'ga4/custom-metric': {
      const { restrictedMetricTypes, ...spec } = desired.spec
      return {
        ...spec,
        description: descriptionOf(plan, desired, change),
        ...(restrictedMetricTypes.length === 0 ? {} : { restrictedMetricType: restrictedMetricTypes }),
      }
    }
  }
}

/** What was in GA4 before the plan gets no mark: it is kept up to date, and never archived. */
function descriptionOf(
  plan: string,
  desired: Resource<'ga4/custom-dimension' | 'ga4/custom-metric'>,
  { found }: Change,
): string {
  const { description } = desired.spec
  return found === true ? description : renderDescription(description, { plan, hash: hashOf(desired) })
}

/** What the change says is another; what has no value any more is null. A new mark goes along with every change. */
function changedFields(body: Fields, kind: Ga4Kind, { fields, found }: Change): Fields {
  const changed = fields.map(({ path }) => fieldName(/^[^.[]+/.exec(path)?.[0] ?? path))
  const marked = kind === 'ga4/key-event' || found === true ? [] : ['description']
  return Object.fromEntries([...changed, ...marked].map((field) => [field, body[field] ?? null]))
}

function fieldName(field: string): string {
  return field === 'restrictedMetricTypes' ? 'restrictedMetricType' : field
}

async function removeIt(
  google: GoogleConnection,
  live: LiveState,
  { kind, key, name }: Change,
): Promise<void> {
  // By name too: one parameter registered in two scopes has one key.
  const there = live.ga4.find(
    (each) => each.ours && each.kind === kind && each.key === key && each.name === name,
  )
  if (there) await remove(google, COLLECTIONS[there.kind], there.remote.id)
}
