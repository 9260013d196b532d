/** The comparison of GA4's side: key events, custom dimensions, custom metrics. */
import type { ListedKeyEvent } from '../live/key-event-list.ts'
import { ofKind, type Live, type LiveState } from '../live/live.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Change, Use } from '../resources/change-set.ts'
import { hashOf } from '../resources/marker.ts'
import type { Resource, Ga4Kind } from '../resources/resource.ts'
import type { Comparison, DiffContext } from './comparison.ts'
import { GA4, ga4Identity, isGa4, type Ga4Identity } from '../kinds/kinds.ts'
import { allFields, causeOf, differences } from './three-way.ts'

/** The live thing that a resource of the plan is, as far as the plan states it. */
export function ga4Twin(
  resource: Resource<Ga4Kind>,
  live: readonly Live<Ga4Kind>[],
): Live<Ga4Kind> | undefined {
  const identity = ga4Identity(resource)
  const there = live.find((each) => ga4Identity(each) === identity)
  return there && asStated(resource, there)
}

export function diffGa4(desired: readonly Resource[], live: LiveState, context: DiffContext): Comparison {
  const byIdentity = new Map(live.ga4.map((each) => [ga4Identity(each), each]))
  const wanted = desired.filter(isGa4)
  const changes: Change[] = []
  const uses: Use[] = []
  const diagnostics: Diagnostic[] = []
  for (const resource of wanted) {
    const there = byIdentity.get(ga4Identity(resource))
    if (!there) {
      changes.push(
        context.change({ action: 'create', resource, cause: 'plan', fields: allFields(resource, 'after') }),
      )
    } else if (isOthers(there, context.plan) && !context.adopts(resource)) {
      uses.push({ kind: resource.kind, key: resource.key, name: there.name })
      diagnostics.push(...differsFromOthers(resource, there))
    } else {
      changes.push(...ga4Change(resource, there, context))
    }
  }
  const wantedIdentities = new Set(wanted.map(ga4Identity))
  const usedByOthers = new Set(
    live.othersKeyEvents.filter(isOfProperty(live)).map(({ event }): Ga4Identity => `ga4/key-event ${event}`),
  )
  const gone = live.ga4.filter(
    (each) => each.ours && !wantedIdentities.has(ga4Identity(each)) && !usedByOthers.has(ga4Identity(each)),
  )
  for (const each of gone) {
    changes.push(
      context.deletion({
        kind: each.kind,
        key: each.key,
        name: each.name,
        cause: hashOf(each) === each.mark?.hash ? 'plan' : 'both',
        fields: allFields(each, 'before'),
      }),
    )
  }
  const known = new Set([...wantedIdentities, ...gone.map(ga4Identity)])
  return {
    changes,
    uses,
    unmanaged: [...byIdentity.keys()].filter((identity) => !known.has(identity)).length,
    owned: live.ga4.filter(({ ours }) => ours).length,
    diagnostics,
  }
}

function ga4Change(
  resource: Resource<Ga4Kind>,
  there: Live<Ga4Kind>,
  context: DiffContext,
): readonly Change[] {
  // What carries no mark is nobody's: there is nothing to adopt, and nothing to have found.
  const isMarked = GA4[resource.kind].mark !== 'none'
  const adopts = isMarked && !there.ours && context.adopts(resource)
  const live = { ...asStated(resource, there), notes: resource.notes }
  // What it is called is one of its fields.
  const fields = differences(live, resource).filter(({ path }) => path !== 'name')
  if (fields.length === 0 && !adopts) return []
  const renamed = there.name !== resource.name
  return [
    context.change({
      action: adopts ? 'adopt' : renamed ? 'rename' : 'update',
      resource,
      cause: causeOf(resource, live, isOthers(there, context.plan) ? undefined : there.mark?.hash),
      fields,
      ...(renamed ? { previousName: there.name } : {}),
      ...(there.ours || adopts || !isMarked ? {} : { found: true }),
    }),
  ]
}

/** Of settings that are always there only what the plan states counts. */
function asStated({ kind, spec }: Resource<Ga4Kind>, there: Live<Ga4Kind>): Live<Ga4Kind> {
  if (!GA4[kind].singleton) return there
  const stated = Object.entries(there.spec).filter(([field]) => field in spec)
  return { ...there, spec: Object.fromEntries(stated) } as Live<Ga4Kind>
}

/** The plan's list of key events as it is to be, with those of its other properties. */
export function nextKeyEventList(
  desired: readonly Resource[],
  live: LiveState,
  context: DiffContext,
): readonly ListedKeyEvent[] {
  const isHere = isOfProperty(live)
  const property = propertyNumber(live)
  const events = ofKind(live.ga4, 'ga4/key-event')
  const here = desired
    .filter((resource): resource is Resource<'ga4/key-event'> => resource.kind === 'ga4/key-event')
    .map((resource): ListedKeyEvent => {
      const { eventName: event } = resource.spec
      const there = events.find(({ spec }) => spec.eventName === event)
      const found = there !== undefined && !there.ours && !context.adopts(resource)
      return { property, event, hash: hashOf(resource), found }
    })
  return [...live.keyEventList.filter((listed) => !isHere(listed)), ...here]
}

function isOfProperty(live: LiveState): (listed: ListedKeyEvent) => boolean {
  const here = propertyNumber(live)
  return ({ property }) => property === here
}

function propertyNumber({ property }: LiveState): string {
  return property.slice('properties/'.length)
}

function isOthers({ mark }: Live<Ga4Kind>, plan: string): boolean {
  return mark !== undefined && mark.plan !== plan
}

/** Two plans that both describe one dimension would take turns in overwriting each other. */
function differsFromOthers<K extends Ga4Kind>(
  resource: Resource<K>,
  there: Live<Ga4Kind>,
): readonly Diagnostic[] {
  const fields = differences({ ...there, notes: '' }, { ...resource, notes: '' })
    .map(({ path }) => path)
    .filter((path) => path !== 'description' && path !== 'name')
  if (fields.length === 0) return []
  return [
    {
      severity: 'warning',
      code: 'definition-of-another-plan',
      message: `"${GA4[resource.kind].idOf(resource.spec)}" is registered in GA4 by the plan "${there.mark?.plan}" with another ${fields.join(', ')}; it is left as it is.`,
      fix: 'describe it in the same way in both plans',
      ...(resource.origin === undefined ? {} : { at: resource.origin }),
    },
  ]
}
