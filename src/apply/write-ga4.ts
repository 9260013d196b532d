/** GA4's changes do not depend on each other and go side by side; the limiter sets the pace. */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import {
  archiveCustomDimension,
  archiveCustomMetric,
  createCustomDimension,
  createCustomMetric,
  createKeyEvent,
  deleteKeyEvent,
  listCustomDimensions,
  listCustomMetrics,
  listKeyEvents,
  patchCustomDimension,
  patchCustomMetric,
  patchKeyEvent,
} from '../google/ga4.ts'
import type { Change } from '../resources/change-set.ts'
import { hashOf, renderDescription } from '../resources/marker.ts'
import type { Resource } from '../resources/resource.ts'
import { definitionId, liveDefinitions, liveKeyEvents } from '../live/live-specs.ts'
import type { LiveState } from '../live/live.ts'
import { differences } from '../diff/three-way.ts'

export type Outcome = { readonly change: Change } & (
  { readonly done: true } | { readonly done: false; readonly error: GoogleError }
)

/** Carries changes out, all of them whatever becomes of the others. */
export async function writeGa4(
  google: GoogleConnection,
  plan: string,
  live: LiveState,
  changes: readonly Change[],
  onDone: () => void,
): Promise<readonly Outcome[]> {
  return Promise.all(
    changes.map(async (change): Promise<Outcome> => {
      try {
        await carryOut(google, plan, live, change)
        onDone()
        return { change, done: true }
      } catch (error) {
        if (error instanceof GoogleError) return { change, done: false, error }
        throw error
      }
    }),
  )
}

async function carryOut(
  google: GoogleConnection,
  plan: string,
  live: LiveState,
  change: Change,
): Promise<void> {
  try {
    await write(google, plan, live, change)
  } catch (error) {
    const isThere = error instanceof GoogleError && (error.maybeApplied || error.code === 'already-exists')
    if (!isThere || change.action === 'delete') throw error
    // The answer was lost, or another run was faster: what counts is what is there now.
    const now = await readAgain(google, live, change)
    if (await isDone(plan, now, change)) return
    if (error.code === 'already-exists') throw error
    await write(google, plan, now, change)
  }
}

async function readAgain(google: GoogleConnection, live: LiveState, change: Change): Promise<LiveState> {
  const { property } = live
  const [keyEvents, customDimensions, customMetrics] = await Promise.all([
    change.kind === 'ga4/key-event' ? listKeyEvents(google, property) : [],
    change.kind === 'ga4/custom-dimension' ? listCustomDimensions(google, property) : [],
    change.kind === 'ga4/custom-metric' ? listCustomMetrics(google, property) : [],
  ])
  return {
    ...live,
    keyEvents: plain(keyEvents),
    customDimensions: plain(customDimensions),
    customMetrics: plain(customMetrics),
  }
}

function plain(list: readonly object[]): LiveState['keyEvents'] {
  return list as LiveState['keyEvents']
}

function isDone(plan: string, live: LiveState, { desired, found }: Change): boolean {
  switch (desired?.kind) {
    case 'ga4/key-event': {
      const there = liveKeyEvents(live).find((each) => each.spec.eventName === desired.spec.eventName)
      return there !== undefined && differences({ ...desired, spec: there.spec }, desired).length === 0
    }
    case 'ga4/custom-dimension':
    case 'ga4/custom-metric': {
      const there = definitionIn(live, desired)
      const isOurs = found === true || there?.marker?.plan === plan
      return (
        there !== undefined &&
        isOurs &&
        differences({ ...there.resource, notes: desired.notes }, desired).length === 0
      )
    }
    default:
      return false
  }
}

function definitionIn(live: LiveState, desired: Resource<'ga4/custom-dimension' | 'ga4/custom-metric'>) {
  const id = definitionId(desired.kind, desired.spec)
  return liveDefinitions(live).find((each) => definitionId(each.kind, each.resource.spec) === id)
}

async function write(google: GoogleConnection, plan: string, live: LiveState, change: Change): Promise<void> {
  const { desired } = change
  if (desired === undefined) return remove(google, plan, live, change)
  switch (desired.kind) {
    case 'ga4/key-event':
      return writeKeyEvent(google, live, desired)
    case 'ga4/custom-dimension':
      return writeDimension(google, plan, live, desired, change)
    case 'ga4/custom-metric':
      return writeMetric(google, plan, live, desired, change)
    default:
      throw new Error(`${desired.kind} is not GA4's.`)
  }
}

async function writeKeyEvent(
  google: GoogleConnection,
  live: LiveState,
  { spec }: Resource<'ga4/key-event'>,
): Promise<void> {
  const there = liveKeyEvents(live).find((each) => each.spec.eventName === spec.eventName)
  if (!there) {
    await createKeyEvent(google, live.property, spec)
    return
  }
  const fields = {
    ...(there.spec.countingMethod === spec.countingMethod ? {} : { countingMethod: spec.countingMethod }),
    ...(differences(
      { name: '', notes: '', spec: { ...spec, ...noValue(there.spec) } },
      { name: '', notes: '', spec },
    ).length === 0
      ? {}
      : { defaultValue: spec.defaultValue ?? null }),
  }
  // Adopting what is already as planned only writes the list of what is owned, which stands in the container.
  if (Object.keys(fields).length > 0) await patchKeyEvent(google, there.path, fields)
}

function noValue({ defaultValue }: Resource<'ga4/key-event'>['spec']): {
  defaultValue: NonNullable<typeof defaultValue>
} {
  return { defaultValue } as { defaultValue: NonNullable<typeof defaultValue> }
}

/** What was in GA4 before the plan gets no mark: it is kept up to date, and never archived. */
function descriptionOf(
  plan: string,
  desired: Resource<'ga4/custom-dimension' | 'ga4/custom-metric'>,
  change: Change,
): string {
  const { description } = desired.spec
  return change.found === true ? description : renderDescription(description, { plan, hash: hashOf(desired) })
}

async function writeDimension(
  google: GoogleConnection,
  plan: string,
  live: LiveState,
  desired: Resource<'ga4/custom-dimension'>,
  change: Change,
): Promise<void> {
  const { parameterName, displayName, scope } = desired.spec
  const description = descriptionOf(plan, desired, change)
  const there = definitionIn(live, desired)
  if (there) await patchCustomDimension(google, there.path, { displayName, description })
  else await createCustomDimension(google, live.property, { parameterName, displayName, scope, description })
}

async function writeMetric(
  google: GoogleConnection,
  plan: string,
  live: LiveState,
  desired: Resource<'ga4/custom-metric'>,
  change: Change,
): Promise<void> {
  const { parameterName, displayName, scope, measurementUnit, restrictedMetricTypes } = desired.spec
  const description = descriptionOf(plan, desired, change)
  const there = definitionIn(live, desired)
  const restricted = restrictedMetricTypes.length === 0 ? {} : { restrictedMetricType: restrictedMetricTypes }
  if (there) {
    await patchCustomMetric(google, there.path, {
      displayName,
      description,
      measurementUnit,
      restrictedMetricType: restrictedMetricTypes,
    })
  } else {
    await createCustomMetric(google, live.property, {
      parameterName,
      displayName,
      scope,
      measurementUnit,
      description,
      ...restricted,
    })
  }
}

async function remove(
  google: GoogleConnection,
  plan: string,
  live: LiveState,
  change: Change,
): Promise<void> {
  if (change.kind === 'ga4/key-event') {
    const there = liveKeyEvents(live).find((each) => each.spec.eventName === change.name)
    if (there) await deleteKeyEvent(google, there.path)
    return
  }
  const there = liveDefinitions(live).find(
    (each) =>
      each.kind === change.kind &&
      each.marker?.plan === plan &&
      change.key === `${plan}/${each.resource.spec.parameterName}#${each.kind.slice('ga4/'.length)}` &&
      each.resource.name === change.name,
  )
  if (!there) return
  await (there.kind === 'ga4/custom-dimension' ? archiveCustomDimension : archiveCustomMetric)(
    google,
    there.path,
  )
}
