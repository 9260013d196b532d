/** The GA4 half of a diff: key events, custom dimensions, custom metrics. */
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Change, Use } from '../resources/change-set.ts'
import { hashOf } from '../resources/marker.ts'
import type { Resource } from '../resources/resource.ts'
import type { DiffContext, Half } from './half.ts'
import type { LedgerEntry } from '../live/ledger.ts'
import {
  definitionId,
  liveDefinitions,
  liveKeyEvents,
  type DefinitionKind,
  type LiveDefinition,
} from '../live/live-specs.ts'
import type { LiveState } from '../live/live.ts'
import { allFields, causeOf, differences } from './three-way.ts'

export interface KeyEventHalf extends Half {
  /** The plan's list for this property as it is to be. */
  readonly ledger: readonly LedgerEntry[]
}

/**
 * @param ledger the plan's list, for this property
 * @param others what other plans in the container keep a line about, for this property
 */
export function diffKeyEvents(
  desired: readonly Resource[],
  live: LiveState,
  ledger: readonly LedgerEntry[],
  others: ReadonlySet<string>,
  context: DiffContext,
): KeyEventHalf {
  const property = live.property.slice('properties/'.length)
  const liveByName = new Map(liveKeyEvents(live).map((each) => [each.spec.eventName, each]))
  const entries = new Map(ledger.map((entry) => [entry.event, entry]))
  const wanted = desired.filter(
    (resource): resource is Resource<'ga4/key-event'> => resource.kind === 'ga4/key-event',
  )
  const changes: Change[] = []
  const next: LedgerEntry[] = []
  for (const resource of wanted) {
    const { eventName } = resource.spec
    const there = liveByName.get(eventName)
    const entry = entries.get(eventName)
    const isFound = there !== undefined && entry?.found !== false && !context.adopts(resource)
    next.push({ property, event: eventName, hash: hashOf(resource), found: isFound })
    if (!there) {
      changes.push(
        context.change({ action: 'create', resource, cause: 'plan', fields: allFields(resource, 'after') }),
      )
      continue
    }
    const comparable = { name: resource.name, spec: there.spec, notes: resource.notes }
    const fields = differences(comparable, resource)
    const adopts = context.adopts(resource) && entry?.found !== false
    if (fields.length === 0 && !adopts) continue
    changes.push(
      context.change({
        action: adopts ? 'adopt' : 'update',
        resource,
        cause: causeOf(resource, comparable, entry?.hash),
        fields,
        ...(isFound ? { found: true } : {}),
      }),
    )
  }
  const wantedNames = new Set(wanted.map((resource) => resource.spec.eventName))
  const gone = ledger.filter(({ event, found }) => !found && !wantedNames.has(event) && !others.has(event))
  for (const entry of gone) {
    const there = liveByName.get(entry.event)
    if (!there) continue
    const comparable = { name: entry.event, spec: there.spec, notes: '' }
    changes.push(
      context.deletion({
        kind: 'ga4/key-event',
        key: `${context.plan}/${entry.event}#key-event`,
        name: entry.event,
        cause: hashOf(comparable) === entry.hash ? 'plan' : 'both',
        fields: allFields(comparable, 'before'),
      }),
    )
  }
  const known = new Set([...wantedNames, ...gone.map((entry) => entry.event)])
  return {
    changes,
    uses: [],
    ledger: next,
    unmanaged: [...liveByName.keys()].filter((name) => !known.has(name)).length,
    owned: ledger.filter((entry) => !entry.found && liveByName.has(entry.event)).length,
    diagnostics: [],
  }
}

export function diffDefinitions(desired: readonly Resource[], live: LiveState, context: DiffContext): Half {
  const all = liveDefinitions(live)
  const byId = new Map(all.map((each) => [definitionId(each.kind, each.resource.spec), each]))
  const wanted = desired.filter(
    (resource): resource is Resource<DefinitionKind> =>
      resource.kind === 'ga4/custom-dimension' || resource.kind === 'ga4/custom-metric',
  )
  const changes: Change[] = []
  const uses: Use[] = []
  const diagnostics: Diagnostic[] = []
  for (const resource of wanted) {
    const there = byId.get(definitionId(resource.kind, resource.spec))
    if (!there) {
      changes.push(
        context.change({ action: 'create', resource, cause: 'plan', fields: allFields(resource, 'after') }),
      )
    } else if (isOthers(there, context.plan) && !context.adopts(resource)) {
      uses.push({ kind: resource.kind, key: resource.key, name: there.resource.name })
      diagnostics.push(...differsFromOthers(resource, there))
    } else {
      changes.push(...definitionChange(resource, there, context))
    }
  }
  const wantedIds = new Set(wanted.map((resource) => definitionId(resource.kind, resource.spec)))
  const gone = all.filter(
    (each) =>
      each.marker?.plan === context.plan && !wantedIds.has(definitionId(each.kind, each.resource.spec)),
  )
  for (const { kind, resource, marker } of gone) {
    const comparable = { ...resource, notes: '' }
    changes.push(
      context.deletion({
        kind,
        key: `${context.plan}/${resource.spec.parameterName}#${kind.slice('ga4/'.length)}`,
        name: resource.name,
        cause: hashOf(comparable) === marker?.hash ? 'plan' : 'both',
        fields: allFields(comparable, 'before'),
      }),
    )
  }
  const known = new Set([...wantedIds, ...gone.map((each) => definitionId(each.kind, each.resource.spec))])
  return {
    changes,
    uses,
    unmanaged: [...byId.keys()].filter((id) => !known.has(id)).length,
    owned: all.filter((each) => each.marker?.plan === context.plan).length,
    diagnostics,
  }
}

function definitionChange(
  resource: Resource<DefinitionKind>,
  there: LiveDefinition,
  context: DiffContext,
): readonly Change[] {
  const ours = there.marker?.plan === context.plan
  const adopts = !ours && context.adopts(resource)
  const comparable = { ...there.resource, notes: resource.notes }
  const fields = differences(comparable, resource).filter(({ path }) => path !== 'name')
  if (fields.length === 0 && !adopts) return []
  const renamed = there.resource.name !== resource.name
  return [
    context.change({
      action: adopts ? 'adopt' : renamed ? 'rename' : 'update',
      resource,
      cause: causeOf(resource, comparable, ours ? there.marker?.hash : undefined),
      fields,
      ...(renamed ? { previousName: there.resource.name } : {}),
      ...(ours || adopts ? {} : { found: true }),
    }),
  ]
}

function isOthers(there: LiveDefinition, plan: string): boolean {
  return there.marker !== undefined && there.marker.plan !== plan
}

/** Two plans that both describe one dimension would take turns in overwriting each other. */
function differsFromOthers(resource: Resource<DefinitionKind>, there: LiveDefinition): readonly Diagnostic[] {
  const fields = differences({ ...there.resource, notes: '' }, { ...resource, notes: '' })
    .map(({ path }) => path)
    .filter((path) => path !== 'description' && path !== 'name')
  if (fields.length === 0) return []
  return [
    {
      severity: 'warning',
      code: 'definition-of-another-plan',
      message: `"${resource.spec.parameterName}" is registered in GA4 by the plan "${there.marker?.plan}" with another ${fields.join(', ')}; it is left as it is.`,
      fix: 'describe it in the same way in both plans',
      ...(resource.origin === undefined ? {} : { at: resource.origin }),
    },
  ]
}
