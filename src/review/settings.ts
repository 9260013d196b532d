/** What changed beside the conversions: the plan's settings, its environments, its dictionary of parameters. */
import { isOfGallery, templateCodeText } from '../kinds/template.ts'
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import { ENTITY_LISTS, entityFilesOf, type TakenEntity } from '../plan/entities.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { BUILT_IN_TRIGGERS } from '../resources/gtm-defaults.ts'
import type { Json } from '../resources/resource.ts'
import type { Ignore, PlanDocument } from '../plan/plan-types.ts'
import { goalsIn, microsIn, stagesIn } from '../plan/places.ts'
import { paired, type PlacedChange } from './conversions.ts'
import { changedFields, fieldsOf, plainWords, type Field } from './fields.ts'
import { RUNS, type FieldWords } from './review.ts'

/** Told by themselves. */
const ELSEWHERE: readonly (keyof PlanDocument)[] = [
  'version',
  'extends',
  'goals',
  'stages',
  'environments',
  'parameters',
  'audiences',
  'markets',
  'entities',
  'ignore',
]

export function settingChanges(before: PlanDocument, after: PlanDocument): PlacedChange[] {
  const fields = changedFields(
    [...fieldsOf(before, '', ELSEWHERE, before.currency), ...ignoreFields(before.ignore)],
    [...fieldsOf(after, '', ELSEWHERE, after.currency), ...ignoreFields(after.ignore)],
  )
  if (fields.length === 0) return []
  return [{ action: 'changed', subject: 'plan', ...calledBy(after), at: '', fields }]
}

/** By code and place, so that an entry more does not shift the others. */
function ignoreFields(ignores: readonly Ignore[] | undefined): Field[] {
  return (ignores ?? []).map(({ code, at, reason, until }, index, all) => {
    const place = at === undefined ? code : `${code} at ${at}`
    const earlier = all.slice(0, index).filter((one) => one.code === code && one.at === at).length
    const words = `until ${until}: ${reason}`
    return {
      id: `ignore.${place}.${earlier}`,
      label: `Accepted finding ${place}`,
      words,
      same: words,
    }
  })
}

export function environmentChanges(before: PlanDocument, after: PlanDocument): PlacedChange[] {
  return entryChanges(
    'environment',
    before.environments ?? {},
    after.environments ?? {},
    'environments',
    () => undefined,
  )
}

export function parameterChanges(before: PlanDocument, after: PlanDocument): PlacedChange[] {
  return entryChanges('parameter', before.parameters ?? {}, after.parameters ?? {}, 'parameters', wasOf)
}

export function audienceChanges(before: PlanDocument, after: PlanDocument): PlacedChange[] {
  return entryChanges('audience', before.audiences ?? {}, after.audiences ?? {}, 'audiences', wasOf)
}

export function marketChanges(before: PlanDocument, after: PlanDocument): PlacedChange[] {
  return entryChanges('market', before.markets ?? {}, after.markets ?? {}, 'markets', () => undefined)
}

/** By kind and name: what was taken in as it is says itself, field by field, under what changes in GTM. */
export function entityChanges(before: PlanDocument, after: PlanDocument): PlacedChange[] {
  const [was, is] = [takenIn(before), takenIn(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id): PlacedChange[] => {
    const [old, now] = [was.get(id), is.get(id)]
    const place = now ?? old
    if (place === undefined || old?.same === now?.same) return []
    const action = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'
    const code = codeOf(old, now)
    return [{ action, subject: 'as it is', id: place.kind, title: place.name, at: place.at, fields: code }]
  })
}

interface TakenIn {
  readonly kind: string
  readonly name: string
  readonly at: Pointer
  readonly same: string
  /** GTM's; a template has none. */
  readonly type?: string
  readonly html?: string
  /** When it fires, and what it says by GTM's keys: an image's address, an account. */
  readonly parameters: ReadonlyMap<string, string>
}

function takenIn(document: PlanDocument): ReadonlyMap<string, TakenIn> {
  const all = entityFilesOf(document).flatMap(({ lists, templates }) => {
    const triggers = new Map([
      ...BUILT_IN_TRIGGERS,
      ...lists.trigger.map(({ fields: { triggerId, name } }) => [String(triggerId), name] as const),
    ])
    return [
      ...ENTITY_LISTS.flatMap((list) => lists[list].map((entity) => takenAs(list, entity, triggers))),
      // What is of the gallery stays its author's.
      ...templates
        .filter(({ fields }) => !isOfGallery(fields))
        .map((entity) => takenAs('template', entity, triggers)),
    ]
  })
  return new Map(all.map((one) => [`${one.kind} ${one.name}`, one]))
}

function takenAs(kind: string, { at, fields }: TakenEntity, triggers: ReadonlyMap<string, string>): TakenIn {
  const { name, type, templateData, parameter, firingTriggerId } = fields
  const firing = (Array.isArray(firingTriggerId) ? firingTriggerId : []).map(String)
  const html = typeof templateData === 'string' ? templateCodeText(templateData) : scriptIn(parameter)
  return {
    kind,
    name,
    at,
    same: canonicalJson(fields as unknown as Json),
    ...(typeof type === 'string' ? { type } : {}),
    ...(html === undefined ? {} : { html }),
    parameters: new Map([
      ...(firing.length === 0
        ? []
        : [['Fires on', firing.map((id) => triggers.get(id) ?? id).join(', ')] as const]),
      ...parametersIn(parameter),
    ]),
  }
}

const CODE: ReadonlySet<unknown> = new Set(['html', 'javascript'])

function parametersIn(parameters: unknown): ReadonlyMap<string, string> {
  const all = (Array.isArray(parameters) ? parameters : []) as readonly {
    readonly [field: string]: unknown
  }[]
  return new Map(
    all.flatMap(({ key, value, list, map }): [string, string][] =>
      typeof key !== 'string' || CODE.has(key)
        ? []
        : [[key, typeof value === 'string' ? value : canonicalJson((list ?? map ?? null) as Json)]],
    ),
  )
}

/** The code that it runs on the site, if it is such a thing. */
function scriptIn(parameters: unknown): string | undefined {
  const found = (Array.isArray(parameters) ? parameters : []).find((each: { readonly key?: unknown }) =>
    CODE.has(each.key),
  ) as { readonly value?: unknown } | undefined
  return typeof found?.value === 'string' ? found.value : undefined
}

function codeOf(old: TakenIn | undefined, now: TakenIn | undefined): FieldWords[] {
  const field = (label: string, before: string | undefined, after: string | undefined): FieldWords[] =>
    before === after
      ? []
      : [{ label, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
  const code = field(RUNS, old?.html, now?.html)
  const type = field('Type', old?.type, now?.type)
  const keys = new Set([...(old?.parameters.keys() ?? []), ...(now?.parameters.keys() ?? [])])
  const said = [...keys].flatMap((key) => field(key, old?.parameters.get(key), now?.parameters.get(key)))
  return [...type, ...code, ...said]
}

function wasOf(definition: { readonly was?: string }): string | undefined {
  return definition.was
}

function entryChanges<T extends object & { readonly title?: string }>(
  subject: 'environment' | 'parameter' | 'audience' | 'market',
  before: { readonly [id: string]: T },
  after: { readonly [id: string]: T },
  parent: string,
  was: (value: T) => string | undefined,
): PlacedChange[] {
  const places = (entries: { readonly [id: string]: T }): { id: string; value: T }[] =>
    Object.entries(entries).map(([id, value]) => ({ id, value }))
  return paired(places(before), places(after), ({ value }) => was(value)).flatMap((pair): PlacedChange[] => {
    const place = pair.after ?? pair.before
    if (place === undefined) return []
    const at = pointerOf(parent, place.id)
    const fields = changedFields(entryFields(pair.before, parent), entryFields(pair.after, parent))
    const title = place.value.title ?? place.id
    if (pair.before === undefined || pair.after === undefined) {
      const action = pair.after === undefined ? 'removed' : 'added'
      return [{ action, subject, id: place.id, title, at, fields }]
    }
    const renamed = pair.before.id === pair.after.id ? {} : { previousId: pair.before.id }
    if (fields.length === 0 && renamed.previousId === undefined) return []
    return [{ action: 'changed', subject, id: place.id, title, at, fields, ...renamed }]
  })
}

function entryFields(
  place: { readonly id: string; readonly value: object } | undefined,
  parent: string,
): Field[] {
  return place === undefined ? [] : fieldsOf(place.value, pointerOf(parent, place.id), ['was'], undefined)
}

/** A plan that is new or gone as a whole: what it is about, in a few fields. */
export function wholePlan(plan: PlanDocument, action: 'added' | 'removed'): PlacedChange {
  const titles = (places: readonly { readonly title: string }[]): string =>
    plainWords(places.map(({ title }) => title))
  const micros = stagesIn(plan).flatMap(microsIn)
  const facts: readonly (readonly [string, string])[] = [
    ['Goals', titles(goalsIn(plan))],
    ['Stages', titles(stagesIn(plan))],
    ['Micro conversions', String(micros.length)],
    ['Environments', plainWords(Object.keys(plan.environments ?? {}))],
  ]
  const fields = facts.map(([label, words]): FieldWords =>
    action === 'added' ? { label, after: words } : { label, before: words },
  )
  return { action, subject: 'plan', ...calledBy(plan), at: '', fields }
}

/** A broken plan may have neither id nor title; its findings say so. */
function calledBy({ plan, title }: Partial<PlanDocument>): { readonly id: string; readonly title: string } {
  return { id: plan ?? 'no id', title: title ?? plan ?? 'The plan' }
}
