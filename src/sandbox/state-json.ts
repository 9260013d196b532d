/** The state as readable JSON and back. Reading is strict: a file that is not wholly understood is refused. */
import { KIND_FACTS, KINDS, type Kind } from './gtm/kinds.ts'
import { isObject, type Entity } from './shape.ts'
import {
  emptyContent,
  type Content,
  type Ga4State,
  type GtmAccount,
  type GtmContainer,
  type GtmVersion,
  type GtmWorkspace,
  type State,
} from './state.ts'

const FORMAT_VERSION = 1

export function stateToJson(state: State): Entity {
  return {
    sandboxState: FORMAT_VERSION,
    lastStamp: state.lastStamp,
    gtm: [...state.gtm.values()].map((account) => ({
      account: account.account,
      nextUserPermissionId: account.nextUserPermissionId,
      userPermissions: pairs(account.userPermissions),
      containers: [...account.containers.values()].map(containerToJson),
    })),
    ga4: {
      nextId: state.ga4.nextId,
      collections: Object.fromEntries(
        [...state.ga4.collections]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([path, items]) => [path, [...items.values()]]),
      ),
      archived: [...state.ga4.archived].sort(),
      acknowledged: [...state.ga4.acknowledged].sort(),
      history: state.ga4.history,
    },
  }
}

function containerToJson(container: GtmContainer): Entity {
  return {
    ...container,
    submittedWorkspaces: [...container.submittedWorkspaces],
    workspaces: [...container.workspaces.values()].map((workspace) => ({
      ...workspace,
      content: contentToJson(workspace.content),
    })),
    versions: [...container.versions.values()].map((version) => ({
      ...version,
      content: versionContentToJson(version.content),
    })),
    environments: pairs(container.environments),
    destinations: pairs(container.destinations),
  }
}

function contentToJson(content: Content): Entity {
  return Object.fromEntries(
    KINDS.filter((kind) => content[kind].size > 0).map((kind) => [kind, [...content[kind].values()]]),
  )
}

// Versions never change, so neither does what is written for them; it is most of a large file.
const versionContents = new WeakMap<Content, Entity>()
const versionTexts = new WeakMap<object, string>()

function versionContentToJson(content: Content): Entity {
  const known = versionContents.get(content) ?? contentToJson(content)
  versionContents.set(content, known)
  versionTexts.set(known, versionTexts.get(known) ?? '')
  return known
}

const pairs = (map: ReadonlyMap<string, Entity>) => [...map].map(([id, value]) => ({ id, value }))

// What is written with one line a piece, so that the file can be read and compared.
const LINE_KEYS = new Set<string>([...KINDS, 'history', 'environments', 'destinations', 'userPermissions'])
const lines = new WeakMap<object, string>()

/** JSON with one entity a line. The text of an entity is kept: entities are never changed in place. */
export function renderState(json: Entity): string {
  return renderValue(json, '', '') + '\n'
}

function renderValue(value: unknown, key: string, indent: string): string {
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const oneLine = LINE_KEYS.has(key) || key.startsWith('properties') || key.startsWith('accounts')
    const items = value.map((item) => deeper + (oneLine ? renderLine(item) : renderValue(item, '', deeper)))
    return `[\n${items.join(',\n')}\n${indent}]`
  }
  if (!isObject(value) || ENTITY_KEYS.has(key)) return renderLine(value)
  const known = versionTexts.get(value)
  if (known !== undefined && known !== '') return known
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  if (fields.length === 0) return '{}'
  const body = fields.map(
    ([name, field]) => `${deeper}${JSON.stringify(name)}: ${renderValue(field, name, deeper)}`,
  )
  const text = `{\n${body.join(',\n')}\n${indent}}`
  if (known !== undefined) versionTexts.set(value, text)
  return text
}

const ENTITY_KEYS = new Set(['account', 'container', 'workspace', 'version'])

function renderLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const known = lines.get(value)
  if (known !== undefined) return known
  const line = JSON.stringify(value)
  lines.set(value, line)
  return line
}

export function stateFromJson(json: unknown): State {
  const root = object(json, 'the file')
  if (root['sandboxState'] !== FORMAT_VERSION) throw new Error(`"sandboxState" is not ${FORMAT_VERSION}`)
  return {
    lastStamp: stamp(root['lastStamp']),
    gtm: new Map(list(root['gtm'], 'gtm').map((item, index) => accountFromJson(item, `gtm[${index}]`))),
    ga4: ga4FromJson(root['ga4']),
  }
}

function accountFromJson(json: unknown, at: string): [string, GtmAccount] {
  const item = object(json, at)
  const account = object(item['account'], `${at}.account`)
  const containers = list(item['containers'], `${at}.containers`)
  return [
    text(account['accountId'], `${at}.account.accountId`),
    {
      account,
      nextUserPermissionId: whole(item['nextUserPermissionId'], `${at}.nextUserPermissionId`),
      userPermissions: mapOf(item['userPermissions'], `${at}.userPermissions`),
      containers: new Map(
        containers.map((child, index) => containerFromJson(child, `${at}.containers[${index}]`)),
      ),
    },
  ]
}

function containerFromJson(json: unknown, at: string): [string, GtmContainer] {
  const item = object(json, at)
  const container = object(item['container'], `${at}.container`)
  const versions = list(item['versions'], `${at}.versions`)
  const workspaces = list(item['workspaces'], `${at}.workspaces`)
  const placed: GtmContainer = {
    container,
    nextEntityId: whole(item['nextEntityId'], `${at}.nextEntityId`),
    nextWorkspaceId: whole(item['nextWorkspaceId'], `${at}.nextWorkspaceId`),
    nextVersionId: whole(item['nextVersionId'], `${at}.nextVersionId`),
    defaultWorkspaceId: text(item['defaultWorkspaceId'], `${at}.defaultWorkspaceId`),
    liveVersionId: text(item['liveVersionId'], `${at}.liveVersionId`),
    latestVersionId: text(item['latestVersionId'], `${at}.latestVersionId`),
    submittedWorkspaces: new Set(texts(item['submittedWorkspaces'], `${at}.submittedWorkspaces`)),
    workspaces: new Map(
      workspaces.map((child, index) => workspaceFromJson(child, `${at}.workspaces[${index}]`)),
    ),
    versions: new Map(versions.map((child, index) => versionFromJson(child, `${at}.versions[${index}]`))),
    environments: mapOf(item['environments'], `${at}.environments`),
    destinations: mapOf(item['destinations'], `${at}.destinations`),
  }
  checkConsistent(placed, at)
  return [text(container['containerId'], `${at}.container.containerId`), placed]
}

function checkConsistent(container: GtmContainer, at: string): void {
  const bases = [...container.workspaces.values()].map(({ baseVersionId }) => baseVersionId)
  for (const id of [container.liveVersionId, container.latestVersionId, ...bases]) {
    if (!container.versions.has(id)) throw new Error(`${at} refers to version ${id}, which is not there`)
  }
  if (!container.workspaces.has(container.defaultWorkspaceId))
    throw new Error(`${at} has no default workspace`)
}

function workspaceFromJson(json: unknown, at: string): [string, GtmWorkspace] {
  const item = object(json, at)
  const workspaceId = text(item['workspaceId'], `${at}.workspaceId`)
  const conflicts = list(item['conflicts'], `${at}.conflicts`).map((child, index) => {
    const conflict = object(child, `${at}.conflicts[${index}]`)
    return { kind: kindOf(conflict['kind'], at), id: text(conflict['id'], `${at}.conflicts[${index}].id`) }
  })
  return [
    workspaceId,
    {
      workspaceId,
      workspace: object(item['workspace'], `${at}.workspace`),
      baseVersionId: text(item['baseVersionId'], `${at}.baseVersionId`),
      content: contentFromJson(item['content'], `${at}.content`),
      conflicts,
    },
  ]
}

function versionFromJson(json: unknown, at: string): [string, GtmVersion] {
  const item = object(json, at)
  const containerVersionId = text(item['containerVersionId'], `${at}.containerVersionId`)
  return [
    containerVersionId,
    {
      containerVersionId,
      version: object(item['version'], `${at}.version`),
      container: object(item['container'], `${at}.container`),
      content: contentFromJson(item['content'], `${at}.content`),
    },
  ]
}

function contentFromJson(json: unknown, at: string): Content {
  const content = emptyContent()
  for (const [name, items] of Object.entries(object(json, at))) {
    const kind = kindOf(name, at)
    for (const [index, item] of list(items, `${at}.${kind}`).entries()) {
      const where = `${at}.${kind}[${index}]`
      const entity = object(item, where)
      const id = text(entity[KIND_FACTS[kind].idField], `${where}.${KIND_FACTS[kind].idField}`)
      if (content[kind].has(id)) throw new Error(`${where} has the id of another ${kind}`)
      content[kind].set(id, entity)
    }
  }
  return content
}

function ga4FromJson(json: unknown): Ga4State {
  const item = object(json, 'ga4')
  const collections = new Map<string, Map<string, Entity>>()
  for (const [path, resources] of Object.entries(object(item['collections'], 'ga4.collections'))) {
    const entries = list(resources, `ga4.collections.${path}`).map((child, index): [string, Entity] => {
      const resource = object(child, `ga4.collections.${path}[${index}]`)
      const name = text(resource['name'], `ga4.collections.${path}[${index}].name`)
      return [name.slice(path.length + 1), resource]
    })
    collections.set(path, new Map(entries))
  }
  return {
    nextId: whole(item['nextId'], 'ga4.nextId'),
    collections,
    archived: new Set(texts(item['archived'], 'ga4.archived')),
    acknowledged: new Set(texts(item['acknowledged'], 'ga4.acknowledged')),
    history: list(item['history'], 'ga4.history').map((child, index) =>
      object(child, `ga4.history[${index}]`),
    ),
  }
}

function mapOf(json: unknown, at: string): Map<string, Entity> {
  return new Map(
    list(json, at).map((child, index): [string, Entity] => {
      const pair = object(child, `${at}[${index}]`)
      return [text(pair['id'], `${at}[${index}].id`), object(pair['value'], `${at}[${index}].value`)]
    }),
  )
}

function kindOf(value: unknown, at: string): Kind {
  const kind = KINDS.find((candidate) => candidate === value)
  if (!kind) throw new Error(`${at} holds an unknown kind of entity`)
  return kind
}

function object(value: unknown, at: string): Entity {
  if (!isObject(value)) throw new Error(`${at} is not an object`)
  return value
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${at} is not a list`)
  return value
}

function texts(value: unknown, at: string): string[] {
  return list(value, at).map((item, index) => text(item, `${at}[${index}]`))
}

function text(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${at} is not a text`)
  return value
}

/** A time; what is beyond the last one that a date can hold would make every write fail. */
function stamp(value: unknown): number {
  const time = whole(value, 'lastStamp')
  if (time > 8e15) throw new Error('lastStamp is not a time')
  return time
}

function whole(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new Error(`${at} is not a whole number`)
  return value
}
