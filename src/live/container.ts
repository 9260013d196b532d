/**
 * A container as Google sends it becomes live resources; here each note is parsed, once.
 *
 * The marker in the notes says which entities the plan owns; but notes are copied along when somebody duplicates an
 * entity in Google's interface, and may be pasted anywhere. So a marker holds the id of the entity that it was made for,
 * and counts nowhere else, whatever becomes of that one. One without an id (a container file that GTM imported, a draft
 * that is being written) counts for the oldest entity, if none has it with its id.
 *
 * Two that each have their own id were both made by the plan: somebody took one back (GTM's versions) while a run made it
 * anew. Both are the plan's then, the older under its key, the younger under one that nothing in a plan has (`doubleOf`).
 */
import { BUILT_IN_NAMES } from '../facts/built-ins.ts'
import { BUILT_IN_TRIGGERS } from '../resources/gtm-defaults.ts'
import { doubleOf, partsOf, refTo, keyIn, type ResourceId } from '../resources/key.ts'
import { parseNotes, type Notes } from '../resources/marker.ts'
import type { RefsIn, RefsOut } from '../resources/parameters.ts'
import type { Key, Ref, Resource, EntityKind } from '../resources/resource.ts'
import { isOf, type Owner } from './live.ts'
import type { Container, Live, Mark, Other, Remote } from './live.ts'
import { textOf, type Body, type Sent } from '../kinds/kind.ts'
import { ENTITIES, ENTITY_KINDS } from '../kinds/kinds.ts'
import { typeOfTemplate } from '../kinds/template.ts'

/** A version, a draft or an export, in the API's casing: entities in one list a kind. */
export type SentContainer = { readonly [list: string]: unknown }

const OTHERS: readonly { readonly list: string; readonly id: string }[] = [
  { list: 'client', id: 'clientId' },
  { list: 'zone', id: 'zoneId' },
  { list: 'gtagConfig', id: 'gtagConfigId' },
  { list: 'transformation', id: 'transformationId' },
]

/** An entity before it is known which of the others are whose. */
interface Found<K extends EntityKind = EntityKind> {
  readonly kind: K
  readonly name: string
  readonly remote: Remote
  readonly notes: Notes
  readonly mark?: Mark
}

export function containerOf(sent: SentContainer, owner: Owner | undefined): Container {
  const found = ENTITY_KINDS.flatMap((kind) =>
    listIn(sent, ENTITIES[kind].list).map((entity): Found => {
      const remote = remoteOf(entity, textOf(entity[ENTITIES[kind].idField]))
      const { notesIn = ({ notes }: Sent) => textOf(notes) } = ENTITIES[kind]
      const notes = parseNotes(notesIn(entity), remote.id)
      const { marker } = notes
      const mark = marker && { plan: partsOf(marker.key).plan, ...marker }
      return { kind, name: textOf(entity.name), remote, notes, ...(mark && { mark }) }
    }),
  )
  const ours = oursIn(found, owner)
  const builtIns = listIn(sent, 'builtInVariable').map(builtIn)
  const refs = refsIn(found, ours, translated(builtIns, found))
  return {
    entities: found.map((each) => liveEntity(each, ours.get(each), refs)),
    builtIns,
    others: OTHERS.flatMap(({ list, id }) =>
      listIn(sent, list).map((entity): Other => ({
        kind: list,
        name: textOf(entity.name),
        remote: remoteOf(entity, textOf(entity[id])),
      })),
    ),
  }
}

function listIn(sent: SentContainer, list: string): readonly Sent[] {
  return (sent[list] ?? []) as readonly Sent[]
}

function remoteOf(sent: Sent, id: string): Remote {
  const fingerprint = textOf(sent.fingerprint)
  return { id, sent, ...(fingerprint === '' ? {} : { fingerprint }) }
}

/** What is the plan's, each with its key. */
function oursIn(found: readonly Found[], owner: Owner | undefined): ReadonlyMap<Found, Key> {
  const best = new Map<ResourceId, Found>()
  const keys = new Map<Found, Key>()
  for (const each of found) {
    const { mark } = each
    if (mark === undefined || !isOf(owner, mark.plan) || isForAnother(each)) continue
    if (mark.id !== undefined) keys.set(each, doubleOf(mark.key, mark.id))
    const id: ResourceId = `${each.kind} ${mark.key}`
    const rival = best.get(id)
    if (rival === undefined || isSurer(each, rival)) best.set(id, each)
  }
  for (const each of best.values()) if (each.mark) keys.set(each, each.mark.key)
  return keys
}

/** The mark came with a copy, or was pasted. */
function isForAnother({ mark, remote }: Found): boolean {
  return mark?.id !== undefined && mark.id !== remote.id
}

// Ids are given out in rising order and never again.
function isSurer(a: Found, b: Found): boolean {
  if ((a.mark?.id === undefined) !== (b.mark?.id === undefined)) return a.mark?.id !== undefined
  const [x, y] = [a.remote.id, b.remote.id]
  return x.length === y.length ? x < y : x.length < y.length
}

/**
 * Built-in variables that the container has under a name of another language, with Google's English one, by which the plan
 * knows them; not where a variable of somebody's has that name.
 */
function translated(
  builtIns: Container['builtIns'],
  entities: readonly { readonly kind: string; readonly name: string }[],
): readonly { readonly there: string; readonly name: string }[] {
  // Asked of the few that have another name: a container in English is not gone through for each thing that is written.
  const isTaken = (wanted: string): boolean =>
    entities.some(({ kind, name }) => kind === 'gtm/variable' && name === wanted)
  return builtIns.flatMap(({ name, remote }) => {
    const there = textOf(remote.sent.name)
    return there === name || there === '' || isTaken(name) ? [] : [{ there, name }]
  })
}

function refsIn(
  found: readonly Found[],
  ours: ReadonlyMap<Found, Key>,
  foreignNames: ReturnType<typeof translated>,
): RefsIn {
  const english = new Map(foreignNames.map(({ there, name }) => [there, name]))
  // Of two that have one name, which it means is not to be told; that of the plan, as the plan does.
  const surest = [...found].sort((a, b) => sureness(a, ours.get(a)) - sureness(b, ours.get(b)))
  const refs = (kind: EntityKind, from: (each: Found) => string): ReadonlyMap<string, Ref> =>
    new Map(
      surest
        .filter((each) => each.kind === kind)
        .map((each) => [from(each), refOfFound(each, ours.get(each))]),
    )
  const byName = ({ name }: Found): string => name
  const byId = ({ remote }: Found): string => remote.id
  const [variables, tags] = [refs('gtm/variable', byName), refs('gtm/tag', byName)]
  const [triggers, folders] = [refs('gtm/trigger', byId), refs('gtm/folder', byId)]
  const templates = refs('gtm/template', ({ remote }) => typeOfTemplate(remote))
  return {
    template: (type) => templates.get(type) ?? type,
    variable: (name) => variables.get(name) ?? english.get(name) ?? name,
    tag: (name) => tags.get(name) ?? name,
    trigger: (id) => triggers.get(id) ?? BUILT_IN_TRIGGERS.get(id) ?? `#${id}`,
    folder: (id) => folders.get(id) ?? `#${id}`,
  }
}

function sureness({ mark }: Found, key: Key | undefined): number {
  if (key === undefined) return 0
  return key === mark?.key ? 2 : 1
}

/** The plan whose thing it is; a mark that came with a copy says nothing. */
export function ownerOf({ mark, remote }: Pick<Live, 'mark' | 'remote'>): string | undefined {
  return (mark?.id ?? remote.id) === remote.id ? mark?.plan : undefined
}

/** Whether it is the younger of two that the plan made under one key. */
export function isDouble({ key, mark, ours }: Live): boolean {
  return ours && key !== mark?.key
}

/** How specs in the container refer to a thing in it. */
export function refOf({ kind, key, name, remote, ours }: Live<EntityKind>): Ref {
  return refOfFound({ kind, name, remote }, ours ? key : undefined)
}

/** @param key of what is the plan's */
function refOfFound({ kind, name, remote }: Omit<Found, 'notes' | 'mark'>, key: Key | undefined): Ref {
  if (key !== undefined) return refTo(key)
  if (kind === 'gtm/template') return typeOfTemplate(remote)
  if (kind === 'gtm/variable' || kind === 'gtm/tag') return name
  // By id where the name would read as something else.
  const misread = /^[@#]/.test(name) || (kind === 'gtm/trigger' && BUILT_IN_TRIGGER_IDS.has(name))
  return misread ? `#${remote.id}` : name
}

const BUILT_IN_TRIGGER_IDS: ReadonlyMap<string, string> = new Map(
  [...BUILT_IN_TRIGGERS].map(([id, name]) => [name, id]),
)

/** @param own its key where it is the plan's */
function liveEntity<K extends EntityKind>(found: Found<K>, own: Key | undefined, refs: RefsIn): Live<K> {
  const { kind, name, remote, notes, mark } = found
  return {
    kind,
    key: own ?? `#${remote.id}`,
    name,
    spec: ENTITIES[kind].fromWire(remote.sent, refs),
    notes: notes.ours,
    human: notes.human,
    remote,
    ours: own !== undefined,
    ...(own !== undefined && own === mark?.key && mark.protected === true ? { protected: true } : {}),
    ...(mark && { mark }),
  }
}

function builtIn(sent: Sent): Live<'gtm/built-in-variable'> {
  const type = textOf(sent.type)
  return {
    kind: 'gtm/built-in-variable',
    key: `#${type}`,
    name: BUILT_IN_NAMES.get(type) ?? textOf(sent.name),
    spec: { type },
    notes: '',
    human: '',
    remote: remoteOf(sent, type),
    ours: false,
  }
}

/** Where a key of the plan is found: its name, and its id (`new_N` while it is being made). */
export interface Place {
  readonly name: string
  readonly id: string
}

export type Places = ReadonlyMap<ResourceId, Place>

/**
 * The body of a request that makes the entity so.
 * Throws for a reference that nothing stands behind: a diff that allows it is wrong.
 *
 * @param notes the whole notes, marker included
 */
export function bodyOf<K extends EntityKind>(
  resource: Resource<K>,
  notes: string,
  container: Container,
  places: Places,
): Body {
  return ENTITIES[resource.kind].toWire(resource, notes, refsOut(container, places))
}

function refsOut({ entities, builtIns }: Container, places: Places): RefsOut {
  const native = new Map(translated(builtIns, entities).map(({ there, name }) => [name, there]))
  const placeOf = (kind: EntityKind, key: Key): Place => {
    const place = places.get(`${kind} ${key}`)
    if (place === undefined) throw new Error(`Nothing stands for the ${kind} ${key}.`)
    return place
  }
  const nameOf = (kind: EntityKind, ref: Ref): string => {
    const key = keyIn(ref)
    return key === undefined ? ref : placeOf(kind, key).name
  }
  const idOf = (kind: EntityKind, ref: Ref): string => {
    const key = keyIn(ref)
    if (key !== undefined) return placeOf(kind, key).id
    if (/^#\d+$/.test(ref)) return ref.slice(1)
    const found = entities.find((each) => each.kind === kind && each.name === ref)
    if (found === undefined) throw new Error(`There is no ${kind} "${ref}".`)
    return found.remote.id
  }
  return {
    template: (type) => {
      const key = keyIn(type)
      const id = key === undefined ? undefined : placeOf('gtm/template', key).id
      const made = entities.find((each) => each.kind === 'gtm/template' && each.remote.id === id)
      if (id !== undefined && made === undefined) throw new Error(`Nothing stands for the template ${type}.`)
      return made === undefined ? type : typeOfTemplate(made.remote)
    },
    variable: (ref) => native.get(ref) ?? nameOf('gtm/variable', ref),
    tag: (ref) => nameOf('gtm/tag', ref),
    trigger: (ref) => BUILT_IN_TRIGGER_IDS.get(ref) ?? idOf('gtm/trigger', ref),
    folder: (ref) => idOf('gtm/folder', ref),
  }
}
