/**
 * Entities that the plan takes in as they are. Each is the plan's like everything else; it is known by its name, and what
 * it refers to is found in its file by number, in the plan by name.
 */
import { isNumberInFile } from '../facts/entity-ids.ts'
import { textOf, type Sent } from '../kinds/kind.ts'
import { ENTITIES } from '../kinds/kinds.ts'
import { galleryIn, galleryOf, isOfGallery, isOfOneRepository, typeOfTemplate } from '../kinds/template.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { ENTITY_LISTS, type EntityFile, type EntityList, type TakenEntity } from '../plan/entities.ts'
import type { Plan } from '../plan/plan.ts'
import { fromExportCasing } from '../resources/export-casing.ts'
import { BUILT_IN_TRIGGER_NAMES, BUILT_IN_TRIGGERS } from '../resources/gtm-defaults.ts'
import { AS_IT_IS } from '../resources/key.ts'
import { parseNotes, shortHash } from '../resources/marker.ts'
import type { RefsIn } from '../resources/parameters.ts'
import { referencesOf } from '../resources/references.ts'
import type { EntityKind, Key, Resource } from '../resources/resource.ts'
import { keyOf, refTo } from './planned-entity.ts'
import { planNotes } from './notes.ts'

type Kind = `gtm/${EntityList}` | 'gtm/template'

interface Taken {
  readonly kind: Kind
  readonly key: Key
  readonly name: string
  readonly id: string
  readonly file: EntityFile
  readonly entity: TakenEntity
}

export interface Entities {
  /** Names that are taken, by kind: the plan calls nothing of its own so. */
  readonly names: ReadonlyMap<EntityKind, readonly string[]>
  /** @param others what else the plan makes, which they may refer to */
  readonly resources: (others: readonly Resource[]) => {
    readonly resources: readonly Resource<EntityKind>[]
    readonly diagnostics: readonly Diagnostic[]
  }
}

export function entitiesOf(plan: Plan): Entities {
  const taken = takenIn(plan)
  const names = new Map<EntityKind, string[]>()
  for (const { kind, name } of taken) names.set(kind, [...(names.get(kind) ?? []), name])
  return {
    names,
    resources: (others) => {
      const keys = new Map(
        [...others, ...taken].map(({ kind, name, key }) => [`${kind} ${name}`, key] as const),
      )
      const ofGallery = others.filter((each) => galleryOf(each) !== undefined)
      const found = taken.map((each) => resourceOf(each, plan, refsOf(each.file, taken, keys, ofGallery)))
      return { resources: found, diagnostics: found.flatMap(leadingNowhere) }
    },
  }
}

function takenIn(plan: Plan): readonly Taken[] {
  const ids = new Set<string>()
  const take = (file: EntityFile, facet: EntityList | 'template', entity: TakenEntity): Taken => {
    const { name } = entity.fields
    const kind: Kind = `gtm/${facet}`
    const plain = idOf(name)
    const id = ids.has(`${facet} ${plain}`) ? `${plain}_${shortHash(name)}` : plain
    ids.add(`${facet} ${id}`)
    const number = entity.fields[ENTITIES[kind].idField]
    return {
      kind,
      key: keyOf(plan, `${AS_IT_IS}${id}`, facet),
      name,
      id: typeof number === 'string' ? number : '',
      file,
      entity,
    }
  }
  return plan.entities.flatMap((file) => [
    // What is of the gallery stays its author's.
    ...file.templates
      .filter(({ fields }) => !isOfGallery(fields))
      .map((entity) => take(file, 'template', entity)),
    ...ENTITY_LISTS.flatMap((list) => file.lists[list].map((entity) => take(file, list, entity))),
  ])
}

/** A name as a part of a key; of one without a letter or digit that a key may have, its hash. */
function idOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
  return plain === '' ? shortHash(name) : plain
}

/** @param ofGallery templates that the plan takes from the gallery: in the file they stand as their author's */
function refsOf(
  file: EntityFile,
  taken: readonly Taken[],
  keys: ReadonlyMap<string, Key>,
  ofGallery: readonly Resource[],
): RefsIn {
  const ref = (kind: Kind, name: string): string => {
    const key = keys.get(`${kind} ${name}`)
    return key === undefined ? name : refTo(key)
  }
  const inFile = (kind: Kind, id: string): string | undefined => {
    const found = taken.find((each) => each.file === file && each.kind === kind && each.id === id)
    return found && refTo(found.key)
  }
  const fromGallery = (type: string): string | undefined => {
    const sent = file.templates
      .map(({ fields }) => fields as Sent)
      .find(
        (each) => isOfGallery(each) && typeOfTemplate({ id: textOf(each.templateId), sent: each }) === type,
      )
    const repository = sent && galleryIn(sent).gallery
    const key = ofGallery.find((each) => isOfOneRepository(galleryOf(each), repository))?.key
    return key && refTo(key)
  }
  return {
    template: (type) => {
      const number = /^cvt_\d+_(\d+)$/.exec(type)?.[1]
      return (number && inFile('gtm/template', number)) ?? fromGallery(type) ?? type
    },
    variable: (name) => ref('gtm/variable', name),
    tag: (name) => ref('gtm/tag', name),
    trigger: (id) =>
      (isNumberInFile(id) ? inFile('gtm/trigger', id) : BUILT_IN_TRIGGERS.get(id)) ?? ref('gtm/trigger', id),
    folder: (id) => inFile('gtm/folder', id) ?? ref('gtm/folder', id),
  }
}

function resourceOf(
  { kind, key, name, entity: { at, fields } }: Taken,
  plan: Plan,
  refs: RefsIn,
): Resource<EntityKind> {
  const { list, notesIn = ({ notes }) => notes } = ENTITIES[kind]
  const version = fromExportCasing({ [list]: [fields] }) as {
    readonly [list: string]: readonly [Sent]
  }
  const [sent] = version[list] ?? [{}]
  const spec = ENTITIES[kind].fromWire({ ...sent }, refs)
  const { human } = parseNotes(textOf(notesIn(sent)))
  return {
    kind,
    key,
    name,
    spec,
    notes: planNotes(plan),
    ...(human === '' ? {} : { handNotes: human }),
    origin: at,
  } as Resource<EntityKind>
}

/** A trigger that is called by a name must be one of the plan's: only then is it known that it will be there. */
function leadingNowhere(resource: Resource<EntityKind>): Diagnostic[] {
  return referencesOf(resource)
    .filter(
      ({ kind, ref }) => kind === 'gtm/trigger' && !ref.startsWith('@') && !BUILT_IN_TRIGGER_NAMES.has(ref),
    )
    .map(({ ref }) => ({
      severity: 'error',
      code: 'entities-refer-to-what-is-there',
      message: `"${resource.name}" refers to the trigger "${ref}", which the plan does not make.`,
      fix: 'write the name that the plan gives to a trigger (plan compile --format resources shows them), or export the trigger along with it.',
      ...(resource.origin === undefined ? {} : { at: resource.origin }),
    }))
}
