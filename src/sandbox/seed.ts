/**
 * A container export becomes a container: ids and names stay, enums go from UPPER_SNAKE to camelCase, and nothing is added.
 * Authors blank the ids of what they publish: an empty one gets a number of its own, as on import into a container.
 * The form of exports is Google's own (`exportFormatVersion` 2): https://support.google.com/tagmanager/answer/6106997
 */
import { APIS, type FieldType } from './facts.ts'
import { freshAccount, placeContainer, publicIdOf, stableNumber } from './gtm/fresh.ts'
import { KIND_FACTS, KINDS, type Kind } from './gtm/kinds.ts'
import { camelCase, isObject, type Entity } from './shape.ts'
import { SandboxStateError } from './state-file.ts'
import { emptyContent, type Content, type GtmContainer } from './state.ts'
import type { Store } from './store.ts'

/** What was given as a seed cannot be one; the message is one sentence for the user. */
export class SandboxSeedError extends SandboxStateError {
  constructor(reason: string) {
    super('sandbox-seed-unusable', `This is no container export: ${reason}.`)
    this.name = 'SandboxSeedError'
  }
}

const api = APIS['tagmanager.v2']

/** Puts the exported container in; one with the same id is replaced. Throws a plain sentence where the text is no export. */
export function seedContainer(store: Store, exported: unknown): GtmContainer {
  const version = isObject(exported) ? exported['containerVersion'] : undefined
  if (!isObject(version)) throw new SandboxSeedError('it has no "containerVersion"')
  const container = containerOf(version)
  const { accountId, containerId } = container
  const content = contentOf(version, container)
  const account = store.state.gtm.get(String(accountId)) ?? freshAccount(store, String(accountId))
  for (const other of store.state.gtm.values()) {
    for (const [id, { container: existing }] of other.containers) {
      if (existing['publicId'] === container['publicId'] && id !== containerId) other.containers.delete(id)
    }
  }
  // Workspace exports have version 0.
  const number = String(version['containerVersionId'] ?? '0')
  const versionId = /^[1-9]\d{0,8}$/.test(number) ? number : '1'
  const { name } = version
  return placeContainer(store, account, container, {
    versionId,
    ...(typeof name === 'string' && { name }),
    content,
    nextId: highestId(KINDS.flatMap((kind) => [...content[kind].keys()])) + 1,
  })
}

function containerOf(version: Entity): Entity {
  const exported = isObject(version['container']) ? version['container'] : {}
  const written = fromExport('Container', exported)
  const id = (field: string) =>
    idText([exported[field], version[field]], field, String(written['name'] ?? ''))
  const [accountId, containerId] = [id('accountId'), id('containerId')]
  const publicId = String(written['publicId'])
  return {
    name: `Container ${containerId}`,
    usageContext: ['web'],
    ...without(written, ['path', 'tagManagerUrl']),
    publicId: /^GTM-[A-Z0-9]{3,12}$/.test(publicId) ? publicId : publicIdOf(containerId, []),
    accountId,
    containerId,
  }
}

/** Ids are numbers; exports that are meant as templates have placeholders or nothing instead, which become a number too. */
function idText(values: readonly unknown[], field: string, name: string): string {
  const texts = values.filter((value) => typeof value === 'string')
  if (texts.length === 0) throw new SandboxSeedError(`its ${field} is missing`)
  const value = texts.find((text) => text !== '')
  if (value === undefined) return stableNumber(`${field} of ${name}`, 9)
  return /^\d{1,20}$/.test(value) ? value : stableNumber(value, 9)
}

function contentOf(version: Entity, container: Entity): Content {
  const content = emptyContent()
  const items = KINDS.flatMap((kind) => itemsOf(version, kind).map((item) => ({ kind, item })))
  let next = highestId(items.map(({ kind, item }) => item[KIND_FACTS[kind].idField])) + 1
  for (const { kind, item } of items) {
    const blank = kind !== 'builtInVariable' && item[KIND_FACTS[kind].idField] === ''
    addEntity(
      content,
      kind,
      blank ? { ...item, [KIND_FACTS[kind].idField]: String(next++) } : item,
      container,
    )
  }
  return content
}

function itemsOf(version: Entity, kind: Kind): readonly Entity[] {
  const items = version[kind] ?? []
  if (!Array.isArray(items)) throw new SandboxSeedError(`"${kind}" is not a list`)
  if (!items.every(isObject)) throw new SandboxSeedError(`"${kind}" holds something that is not an object`)
  return items
}

function addEntity(content: Content, kind: Kind, item: Entity, container: Entity): void {
  const { idField, schema } = KIND_FACTS[kind]
  const { accountId, containerId } = container
  const own = without(fromExport(schema, item), ['path', 'workspaceId', 'tagManagerUrl'])
  const entity: Entity = { ...own, accountId, containerId }
  const id = entity[idField]
  if (typeof id !== 'string' || !/^\w{1,60}$/.test(id))
    throw new SandboxSeedError(`a ${kind} has no ${idField}`)
  if (content[kind].has(id))
    throw new SandboxSeedError(`two entries under "${kind}" have the ${idField} ${id}`)
  content[kind].set(id, entity)
}

/** Enums in camelCase, whatever else as it was written; a field that the API does not know cannot be shown and is dropped. */
function fromExport(schemaName: string, value: Entity): Entity {
  const schema = api.schemas.get(schemaName)
  const result: Record<string, unknown> = {}
  for (const [name, item] of Object.entries(value)) {
    const field = schema?.get(name)
    if (field)
      result[name] = Array.isArray(item) ? item.map((one) => convert(field, one)) : convert(field, item)
  }
  return result
}

function convert(field: FieldType, value: unknown): unknown {
  if (field.type === 'message' && isObject(value)) return fromExport(field.schema ?? '', value)
  return field.type === 'enum' && typeof value === 'string' ? camelCase(value) : value
}

function without(entity: Entity, fields: readonly string[]): Entity {
  return Object.fromEntries(Object.entries(entity).filter(([field]) => !fields.includes(field)))
}

/** The fixed triggers have huge ids; they are in no export, but an old hand-made one might hold them. */
function highestId(ids: readonly unknown[]): number {
  const numbers = ids.map(Number)
  return Math.max(2, ...numbers.filter((id) => Number.isSafeInteger(id) && id < 2_147_000_000))
}
