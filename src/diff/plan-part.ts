import { GA4, GA4_KINDS } from '../kinds/kinds.ts'
import type { PlanPart } from '../resources/change-set.ts'
import { isTakenIn, partsOf, resourceId } from '../resources/key.ts'
import { keysUsedBy } from '../resources/references.ts'
import type { EntityKind, Key, Resource } from '../resources/resource.ts'
import type { Live } from '../live/live.ts'
import type { Pointer } from '../plan/diagnostic.ts'

/** Which part of the plan asked for a resource, read from its place in the file, else from its key. */
export function planPartOf(
  key: Key,
  origin: Pointer | undefined,
  titleOf: (pointer: Pointer) => string | undefined = () => undefined,
): PlanPart {
  const steps = (origin ?? '').split('/').slice(1)
  const found = fromSteps(steps)
  if (found === undefined)
    return origin === undefined ? fromKey(key) : { what: 'plan', id: partsOf(key).plan }
  const title = titleOf(`/${steps.slice(0, found.depth).join('/')}`)
  return { ...found.part, ...(title === undefined ? {} : { title }) }
}

/** Who of the plan's own uses a thing, by its id; a key event by the tags that send an event of its name. */
export type Users = ReadonlyMap<string, readonly Live<EntityKind>[]>

/** @param live what stands in the container */
export function usersIn(live: readonly Live<EntityKind>[]): Users {
  const users = new Map<string, Live<EntityKind>[]>()
  for (const each of live.filter(({ ours }) => ours)) {
    const event = each.kind === 'gtm/tag' ? each.spec.parameters.eventName : undefined
    const sent = typeof event === 'string' ? [idOfKeyEvent(event)] : []
    for (const id of new Set([...keysUsedBy(each).map(resourceId), ...sent])) {
      const known = users.get(id)
      if (known === undefined) users.set(id, [each])
      else known.push(each)
    }
  }
  return users
}

function idOfKeyEvent(name: string): string {
  return `ga4/key-event ${name}`
}

/**
 * Under whom something is told that is shared by name, a variable or the key event of a name: the conversion, where only one
 * uses it.
 *
 * @param own the part of the thing itself
 * @param usersOf asked only where it is shared
 * @param partIn the part of what has that key
 */
export function partOfUser(
  { kind, key, name }: Pick<Resource, 'kind' | 'key' | 'name'>,
  own: PlanPart,
  usersOf: () => Users,
  partIn: (key: Key) => PlanPart,
): PlanPart {
  if (own.what !== 'plan' && own.what !== 'event') return own
  const users = usersOf()
  const usedBy = (id: string, seen: ReadonlySet<string>): readonly Key[] =>
    (users.get(id) ?? []).flatMap((each) => {
      const next = resourceId(each)
      if (each.kind !== 'gtm/variable') return [each.key]
      return seen.has(next) ? [] : usedBy(next, new Set([...seen, next]))
    })
  const keys = usedBy(kind === 'ga4/key-event' ? idOfKeyEvent(name) : resourceId({ kind, key }), new Set())
  const [part, ...others] = new Map(
    keys.map(partIn).map((each) => [`${each.what} ${each.id}`, each]),
  ).values()
  return part === undefined || others.length > 0 || part.what === 'plan' ? own : part
}

/** What has left the plan is known by the title in the notes of what was made for it; those of a variable have none. */
export function withTitle(part: PlanPart, there: Live | undefined): PlanPart {
  const [title = ''] = there === undefined || there.kind === 'gtm/variable' ? [] : there.notes.split('\n')
  return part.what === 'conversion' && title !== '' ? { ...part, title } : part
}

/** Its settings and lists are told together. */
const PROPERTY: PlanPart = { what: 'property', id: 'property' }

function fromSteps(
  steps: readonly string[],
): { readonly part: PlanPart; readonly depth: number } | undefined {
  const [first, id, third, micro] = steps
  if (first === 'property' || first === 'enhancedMeasurement') return { part: PROPERTY, depth: 1 }
  if (id === undefined) return undefined
  if (first === 'entities') return { part: { what: 'as it is', id: 'entities' }, depth: 1 }
  if (first === 'goals') return { part: { what: 'goal', id }, depth: 2 }
  if (first === 'audiences') return { part: { what: 'audience', id }, depth: 2 }
  if (first === 'parameters') return { part: { what: 'parameter', id }, depth: 2 }
  if (first !== 'stages') return undefined
  if (third === 'micro' && micro !== undefined) {
    return { part: { what: 'micro', id: micro, stage: id }, depth: 4 }
  }
  return { part: { what: 'stage', id }, depth: 2 }
}

/**
 * What has left the plan has only its key: `outfitters/newsletter_signup#tag`, and for second things of a conversion
 * `outfitters/newsletter_signup.unless#trigger` or `outfitters/lookup.form_location~newsletter_signup#variable`.
 */
function fromKey(key: Key): PlanPart {
  const { id, facet } = partsOf(key)
  if (isTakenIn({ key })) return { what: 'as it is', id: 'entities' }
  const owner = facet === 'variable' ? (id.split('~')[1] ?? '') : (id.split('.')[0] ?? '')
  const what = whatOf(facet)
  if (what === 'property') return PROPERTY
  if (!/^[a-z][a-z0-9_]*$/.test(owner)) return { what: 'plan', id }
  return { what: what ?? 'conversion', id: owner }
}

/** Undefined for what belongs to a single conversion. */
function whatOf(facet: string): PlanPart['what'] | undefined {
  if (facet === 'folder') return 'stage'
  if (facet === 'built-in-variable') return 'plan'
  const kind = GA4_KINDS.find((each) => GA4[each].facet === facet)
  return kind && GA4[kind].subject
}
