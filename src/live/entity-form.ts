/** One way each for all kinds between Google's JSON and resources. */
import { BUILT_IN_TRIGGERS } from '../resources/gtm-defaults.ts'
import { folderFromWire, tagFromWire, triggerFromWire, variableFromWire } from '../resources/from-wire.ts'
import type { RefsIn, RefsOut } from '../resources/parameters.ts'
import type { Key, Resource, SpecByKind } from '../resources/resource.ts'
import { folderToWire, tagToWire, triggerToWire, variableToWire } from '../resources/to-wire.ts'
import { idOf, nameOf, type Content, type EntityKind, type GtmKind, type Wire } from './live.ts'

export function entityKind(kind: GtmKind): EntityKind {
  return kind.slice('gtm/'.length) as EntityKind
}

export function isEntity(kind: string): kind is GtmKind {
  return kind.startsWith('gtm/') && kind !== 'gtm/built-in-variable'
}

export function specOf(kind: EntityKind, wire: Wire, refs: RefsIn): SpecByKind[GtmKind] {
  switch (kind) {
    case 'folder':
      return folderFromWire(wire)
    case 'variable':
      return variableFromWire(wire, refs)
    case 'trigger':
      return triggerFromWire(wire, refs)
    case 'tag':
      return tagFromWire(wire, refs)
  }
}

/** The body of a request that makes the entity so. */
export function bodyOf(resource: Resource<GtmKind>, notes: string, refs: RefsOut): Wire {
  switch (resource.kind) {
    case 'gtm/folder':
      return folderToWire(resource, notes)
    case 'gtm/variable':
      return variableToWire(resource, notes, refs)
    case 'gtm/trigger':
      return triggerToWire(resource, notes, refs)
    case 'gtm/tag':
      return tagToWire(resource, notes, refs)
  }
}

/** `kind id`: GTM's ids are unique per kind only in older containers. */
export type EntityId = `${EntityKind} ${string}`

export function entityId(kind: EntityKind, wire: Wire): EntityId {
  return `${kind} ${idOf(kind, wire)}`
}

/** References in the container's entities, given which of them stand for a key of the plan. */
export function refsIn(content: Content, keys: ReadonlyMap<EntityId, Key>): RefsIn {
  const refByName = (kind: 'variable' | 'tag'): ReadonlyMap<string, string> =>
    new Map(
      content[kind].flatMap((wire) => {
        const key = keys.get(entityId(kind, wire))
        return key === undefined ? [] : [[nameOf(wire), `@${key}`] as const]
      }),
    )
  const refById = (kind: 'trigger' | 'folder'): ReadonlyMap<string, string> =>
    new Map(
      content[kind].map((wire) => {
        const key = keys.get(entityId(kind, wire))
        return [idOf(kind, wire), key === undefined ? foreignRef(kind, wire) : `@${key}`]
      }),
    )
  const [variables, tags] = [refByName('variable'), refByName('tag')]
  const [triggers, folders] = [refById('trigger'), refById('folder')]
  return {
    variable: (name) => variables.get(name) ?? name,
    tag: (name) => tags.get(name) ?? name,
    trigger: (id) => triggers.get(id) ?? BUILT_IN_TRIGGERS.get(id) ?? `#${id}`,
    folder: (id) => folders.get(id) ?? `#${id}`,
  }
}

/** By name, unless that name would read as something else. */
function foreignRef(kind: 'trigger' | 'folder', wire: Wire): string {
  const name = nameOf(wire)
  const misread = /^[@#]/.test(name) || (kind === 'trigger' && BUILT_IN_TRIGGER_IDS.has(name))
  return misread ? `#${idOf(kind, wire)}` : name
}

const BUILT_IN_TRIGGER_IDS: ReadonlyMap<string, string> = new Map(
  [...BUILT_IN_TRIGGERS].map(([id, name]) => [name, id]),
)

/** Where a key of the plan is found: its name, and its id (`new_N` while it is being made). */
export interface Place {
  readonly name: string
  readonly id: string
}

/** The ways out of the plan's references. Throws for one that nothing stands behind: a diff that allows it is wrong. */
export function refsOut(content: Content, places: ReadonlyMap<`${EntityKind} ${Key}`, Place>): RefsOut {
  const placeOf = (kind: EntityKind, ref: string): Place => {
    const place = places.get(`${kind} ${ref.slice(1)}`)
    if (place === undefined) throw new Error(`Nothing stands for the ${kind} ${ref}.`)
    return place
  }
  const byName = (kind: 'trigger' | 'folder', name: string): string => {
    // By id where the name would not do: one that dangles, or is called like something of Google's.
    if (/^#\d+$/.test(name)) return name.slice(1)
    const found = content[kind].find((wire) => nameOf(wire) === name)
    if (found === undefined) throw new Error(`There is no ${kind} "${name}".`)
    return idOf(kind, found)
  }
  return {
    variable: (ref) => (ref.startsWith('@') ? placeOf('variable', ref).name : ref),
    tag: (ref) => (ref.startsWith('@') ? placeOf('tag', ref).name : ref),
    trigger: (ref) =>
      ref.startsWith('@')
        ? placeOf('trigger', ref).id
        : (BUILT_IN_TRIGGER_IDS.get(ref) ?? byName('trigger', ref)),
    folder: (ref) => (ref.startsWith('@') ? placeOf('folder', ref).id : byName('folder', ref)),
  }
}
