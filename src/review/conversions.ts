/** What changed in goals, stages and micro conversions. A thing is the same while its id is, or its `was` says so. */
import { isDeepStrictEqual } from 'node:util'
import { ownerOf, shareOfGoal } from '../plan/decisions.ts'
import type { Pointer } from '../plan/diagnostic.ts'
import { conversionsIn, entriesOf, stagesIn, type ConversionPlace, type StagePlace } from '../plan/places.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { changedFields, fieldsOf, type Field } from './fields.ts'
import type { FieldWords, PlanChange } from './review.ts'
import { renamedEvent, sameUnderNewId } from '../words/change-words.ts'
import { money, tierWords } from '../words/plan-words.ts'

/** A change whose place is still a pointer: into the new plan, or for what is gone into the old one. */
export type PlacedChange = Omit<PlanChange, 'location'> & { readonly at: Pointer }

export interface Pair<T> {
  readonly before?: T
  readonly after?: T
}

/** What was and what is, side by side: first what is, in its order, then what is gone. */
export function paired<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  wasOf: (thing: T) => string | undefined,
): Pair<T>[] {
  const old = new Map(before.map((thing) => [thing.id, thing]))
  const ids = new Set(after.map((thing) => thing.id))
  const taken = new Set<string>()
  const pairs = after.map((thing): Pair<T> => {
    const was = wasOf(thing)
    const same = old.get(thing.id) ?? (was === undefined || ids.has(was) ? undefined : old.get(was))
    if (same === undefined || taken.has(same.id)) return { after: thing }
    taken.add(same.id)
    return { before: same, after: thing }
  })
  return [...pairs, ...before.filter((thing) => !taken.has(thing.id)).map((thing) => ({ before: thing }))]
}

export function conversionPairs(before: PlanDocument, after: PlanDocument): Pair<ConversionPlace>[] {
  return paired(conversionsIn(before), conversionsIn(after), ({ data }) => data.was)
}

export function conversionChanges(
  pairs: readonly Pair<ConversionPlace>[],
  before: PlanDocument,
  after: PlanDocument,
): PlacedChange[] {
  const stageBefore = new Map(
    stagePairs(before, after).flatMap((pair) =>
      pair.before === undefined || pair.after === undefined ? [] : [[pair.after.id, pair.before.id] as const],
    ),
  )
  const newNameOf = newParameterNames(after)
  const gone = goneOf(pairs.flatMap((pair) => (pair.after === undefined && pair.before ? [pair.before] : [])))
  return pairs.flatMap(({ before: old, after: now }): PlacedChange[] => {
    if (now === undefined) return old === undefined ? [] : [wholeChange('removed', old, before)]
    if (old === undefined) return [{ ...wholeChange('added', now, after), ...renameHint(now, gone) }]
    const fields = isAsBefore(old, now, before, after)
      ? []
      : changedFields(underNewNames(fieldsFor(old, before), newNameOf), fieldsFor(now, after))
    const sameStage = now.stage === undefined || stageBefore.get(now.stage.id) === old.stage?.id
    const moved = old.tier !== now.tier || !sameStage
    if (fields.length === 0 && !moved && old.id === now.id) return []
    return [
      {
        action: 'changed',
        ...identityOf(now),
        ...(old.id === now.id ? {} : { previousId: old.id }),
        ...(moved ? { movedFrom: old.stage?.title ?? 'the goals' } : {}),
        fields,
        ...eventHint(old, now),
      },
    ]
  })
}

/** Most of a large plan is: putting it into words would take longer than all the rest. */
function isAsBefore(
  old: ConversionPlace,
  now: ConversionPlace,
  before: PlanDocument,
  after: PlanDocument,
): boolean {
  return before.currency === after.currency && isDeepStrictEqual(old.data, now.data)
}

/** Old names of parameters that the dictionary has under a new name. */
export function newParameterNames(plan: PlanDocument): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(plan.parameters ?? {}).flatMap(([name, { was }]) =>
      was === undefined || was in (plan.parameters ?? {}) ? [] : [[was, name] as const],
    ),
  )
}

/** A parameter that only got another name is one change, not one lost and one new. */
function underNewNames(fields: readonly Field[], newNameOf: ReadonlyMap<string, string>): Field[] {
  return fields.map((field) => {
    const name = newNameOf.get(field.id.replace(/^parameters\./, ''))
    if (name === undefined || !field.id.startsWith('parameters.')) return field
    return { ...field, id: `parameters.${name}`, same: `${field.id} ${field.same}` }
  })
}

function identityOf({
  id,
  tier,
  at,
  title,
  stage,
}: ConversionPlace): Omit<PlacedChange, 'action' | 'fields'> {
  const inStage = stage === undefined ? {} : { stage: stage.title }
  return { subject: tierWords(tier), id, title, at, ...inStage }
}

/** What a reader wants to know of a new or lost conversion, in this order; the rest stands in the file. */
const TELLING = [
  'event',
  'trigger',
  'parameters',
  'keyEvent',
  'source',
  'system',
  'requires',
  'feeds',
  'target',
  'weight',
  'value',
  'owner',
]

function wholeChange(action: 'added' | 'removed', place: ConversionPlace, plan: PlanDocument): PlacedChange {
  const owner = ownerOf(place.data, plan)
  const data = { ...place.data, ...(owner === undefined ? {} : { owner }) }
  const fields = fieldsFor({ ...place, data }, plan)
    .map((field) => ({ ...field, rank: TELLING.indexOf(field.id.split('.')[0] ?? '') }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ label, words }): FieldWords =>
      action === 'added' ? { label, after: words } : { label, before: words },
    )
  return { action, ...identityOf(place), fields }
}

/** What a conversion says, field by field. */
export function fieldsFor(place: ConversionPlace, plan: PlanDocument): Field[] {
  return fieldsOf(place.data, place.at, ['was'], plan.currency).map((field) =>
    field.id === 'weight' ? { ...field, words: weightWords(place, plan) } : field,
  )
}

/** `0.03 (5.4 AED)`: a share of the goal's value says little until it is money. */
function weightWords({ data }: ConversionPlace, { goals, currency }: PlanDocument): string {
  const share = shareOfGoal(
    data,
    entriesOf(goals).map(([id, goal]) => ({ id, ...goal })),
  )
  const weight = String(data.weight ?? 0)
  return share === undefined ? weight : `${weight} (${money(share, currency)})`
}

/** A new id without `was` loses what exists at Google; often it was meant as a new name. */
function renameHint({ data: { event, trigger } }: ConversionPlace, gone: Gone): { hint?: string } {
  const byEvent = event === undefined ? undefined : gone.byEvent.get(event)
  const byTrigger = trigger === undefined ? undefined : gone.byTrigger.get(canonicalJson(trigger))
  const twin = [byEvent, byTrigger].reduce((a, b) =>
    a === undefined || (b !== undefined && b.order < a.order) ? b : a,
  )
  return twin === undefined ? {} : { hint: sameUnderNewId(twin.id) }
}

/** What is gone, by what a new name would share with it; of several the first. */
interface Gone {
  readonly byEvent: ReadonlyMap<string, Twin>
  readonly byTrigger: ReadonlyMap<string, Twin>
}

interface Twin {
  readonly id: string
  readonly order: number
}

function goneOf(places: readonly ConversionPlace[]): Gone {
  const byEvent = new Map<string, Twin>()
  const byTrigger = new Map<string, Twin>()
  places.forEach(({ id, data: { event, trigger } }, order) => {
    if (event === undefined) return
    if (!byEvent.has(event)) byEvent.set(event, { id, order })
    const said = trigger === undefined ? undefined : canonicalJson(trigger)
    if (said !== undefined && !byTrigger.has(said)) byTrigger.set(said, { id, order })
  })
  return { byEvent, byTrigger }
}

function eventHint(old: ConversionPlace, now: ConversionPlace): { hint?: string } {
  const [was, is] = [old.data.event, now.data.event]
  if (was === undefined || is === undefined || was === is) return {}
  return { hint: renamedEvent(was, is) }
}

export function stagePairs(before: PlanDocument, after: PlanDocument): Pair<StagePlace>[] {
  return paired(stagesIn(before), stagesIn(after), ({ stage }) => stage.was)
}

export function stageChanges(before: PlanDocument, after: PlanDocument): PlacedChange[] {
  const fieldsIn = (place: StagePlace, plan: PlanDocument): Field[] =>
    fieldsOf(place.stage, place.at, ['was', 'micro'], plan.currency)
  const pairs = stagePairs(before, after)
  const changes = pairs.flatMap(({ before: old, after: now }): PlacedChange[] => {
    const place = now ?? old
    if (place === undefined) return []
    const identity = {
      subject: 'stage',
      id: place.id,
      title: place.title,
      at: place.at,
    } as const
    const fields = changedFields(
      old === undefined ? [] : fieldsIn(old, before),
      now === undefined ? [] : fieldsIn(now, after),
    )
    if (old === undefined || now === undefined)
      return [{ action: now === undefined ? 'removed' : 'added', ...identity, fields }]
    if (fields.length === 0 && old.id === now.id) return []
    return [{ action: 'changed', ...identity, fields, ...(old.id === now.id ? {} : { previousId: old.id }) }]
  })
  return [...changes, ...orderChange(pairs, before)]
}

/** The order of the stages is the order of the funnel. */
function orderChange(pairs: readonly Pair<StagePlace>[], before: PlanDocument): PlacedChange[] {
  const kept = pairs.flatMap(({ before: old, after: now }) =>
    old === undefined || now === undefined ? [] : [{ old: old.id, title: now.title }],
  )
  const order = Object.keys(before.stages ?? {})
  const then = kept.toSorted((a, b) => order.indexOf(a.old) - order.indexOf(b.old))
  if (then.every((stage, index) => stage === kept[index])) return []
  const inWords = (stages: readonly { readonly title: string }[]): string =>
    stages.map((stage) => stage.title).join(' → ')
  const field = { label: 'Order', before: inWords(then), after: inWords(kept) }
  return [
    { action: 'changed', subject: 'plan', id: 'stages', title: 'The funnel', at: '/stages', fields: [field] },
  ]
}
