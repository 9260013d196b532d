/** What differs between two states of a container, whoever did it. */
import { canonicalJson } from '../resources/canonical-json.ts'
import {
  ENTITY_KINDS,
  ID_FIELDS,
  nameOf,
  textOf,
  type Content,
  type EntityKind,
  type Wire,
} from '../live/live.ts'

export interface Move {
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly status: 'added' | 'changed' | 'deleted'
  readonly before?: Wire
  readonly after?: Wire
}

// Set by Google; a write of the same content changes them.
const STAMPS = new Set(['path', 'workspaceId', 'fingerprint', 'tagManagerUrl', 'accountId', 'containerId'])

const OTHER_IDS = ['templateId', 'clientId', 'zoneId', 'gtagConfigId', 'transformationId']

export function movesBetween(before: Content, after: Content): readonly Move[] {
  const kinds = [...ENTITY_KINDS, ...Object.keys({ ...before.other, ...after.other })]
  const entities = kinds.flatMap((kind) =>
    movesOfKind(kind, entitiesOf(before, kind), entitiesOf(after, kind)),
  )
  return [...entities, ...movesOfKind('built-in variable', before.builtInVariable, after.builtInVariable)]
}

function movesOfKind(kind: string, before: readonly Wire[], after: readonly Wire[]): readonly Move[] {
  const [from, to] = [byId(kind, before), byId(kind, after)]
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((id): Move[] => {
    const [old, now] = [from.get(id), to.get(id)]
    if (sameEntity(old, now)) return []
    const status = old === undefined ? 'added' : now === undefined ? 'deleted' : 'changed'
    const name = nameOf(now ?? old ?? {})
    return [{ kind, id, name, status, ...(old && { before: old }), ...(now && { after: now }) }]
  })
}

/** Whether two entities are the same but for what Google stamps on them. */
export function sameEntity(a: Wire | undefined, b: Wire | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return canonicalJson(unstamped(a)) === canonicalJson(unstamped(b))
}

export function unstamped(entity: Wire): Wire {
  return Object.fromEntries(Object.entries(entity).filter(([field]) => !STAMPS.has(field)))
}

function entitiesOf(content: Content, kind: string): readonly Wire[] {
  return isEntityKind(kind) ? content[kind] : (content.other[kind] ?? [])
}

function isEntityKind(kind: string): kind is EntityKind {
  return (ENTITY_KINDS as readonly string[]).includes(kind)
}

function byId(kind: string, entities: readonly Wire[]): ReadonlyMap<string, Wire> {
  const fields = isEntityKind(kind) ? [ID_FIELDS[kind]] : [...OTHER_IDS, 'type', 'name']
  return new Map(
    entities.map((wire) => [textOf(wire[fields.find((field) => wire[field] !== undefined) ?? '']), wire]),
  )
}

/** `the tag "A" was changed, the trigger "B" was added and 3 more` */
export function movesInWords(moves: readonly Move[]): string {
  const shown = moves.slice(0, 5).map(({ kind, name, status }) => `the ${kind} "${name}" was ${status}`)
  const more = moves.length - shown.length
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`
}
