/**
 * Where Google's answers become our types. Each function checks the fields that the rest of the product relies on and
 * hands the object on whole, so that fields nobody here knows survive an update. Google leaves out zero values and
 * empty lists (https://github.com/stape-io/google-tag-manager-mcp-server/tree/3f814b5a6683d5732e21a03b7427d9b8c86adff9/packages/core);
 * where a missing one would have to be asked about everywhere it is put back here.
 */
import type * as wire from './wire.ts'

/** An answer that is not what Google sends: a proxy's page, a cut-off text, a field that has gone. */
export class BadShape extends Error {
  override readonly name = 'BadShape'
}

type Plain = Readonly<Record<string, unknown>>

// An empty body is how some answers without content come; it reads as an object without fields.
function object(value: unknown): Plain {
  if (value === undefined || value === null || value === '') return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw new BadShape('not an object')
  return value as Plain
}

/** The object whole, after making sure that the named fields hold text. */
function having<T>(value: unknown, ...names: readonly (keyof T & string)[]): T {
  const plain = object(value)
  const missing = names.find((name) => typeof plain[name] !== 'string')
  if (missing !== undefined) throw new BadShape(`no ${missing}`)
  return plain as T
}

/** The list under a name; absent means empty. */
export function listOf<T>(body: unknown, name: string, each: (item: unknown) => T): readonly T[] {
  const value = object(body)[name]
  if (value === undefined) return []
  if (!Array.isArray(value)) throw new BadShape(`${name} is not a list`)
  return value.map(each)
}

/** The token of the next page; absent or empty means that this was the last. */
export function nextPage(body: unknown): string | undefined {
  const token = object(body)['nextPageToken']
  return typeof token === 'string' && token !== '' ? token : undefined
}

const flag = (body: unknown, name: string): boolean => object(body)[name] === true

export const nothing = (body: unknown): void => void object(body)
export const tag = (body: unknown): wire.WireTag => having(body, 'tagId', 'name', 'type')
export const trigger = (body: unknown): wire.WireTrigger => having(body, 'triggerId', 'name', 'type')
export const variable = (body: unknown): wire.WireVariable => having(body, 'variableId', 'name', 'type')
export const folder = (body: unknown): wire.WireFolder => having(body, 'folderId', 'name')
export const builtIn = (body: unknown): wire.WireBuiltIn => having(body, 'type')
export const other = (body: unknown): wire.WireOther => object(body)

export const container = (body: unknown): wire.WireContainer => ({
  ...having<wire.WireContainer>(body, 'path', 'accountId', 'containerId', 'publicId', 'name'),
  usageContext: listOf(body, 'usageContext', String),
})

export const workspace = (body: unknown): wire.WireWorkspace => having(body, 'path', 'workspaceId', 'name')

export const versionHeader = (body: unknown): wire.WireVersionHeader =>
  having(body, 'path', 'containerVersionId')

export const version = (body: unknown): wire.WireVersion => ({
  ...object(body),
  tag: listOf(body, 'tag', tag),
  trigger: listOf(body, 'trigger', trigger),
  variable: listOf(body, 'variable', variable),
  folder: listOf(body, 'folder', folder),
  builtInVariable: listOf(body, 'builtInVariable', builtIn),
  customTemplate: listOf(body, 'customTemplate', other),
  client: listOf(body, 'client', other),
  zone: listOf(body, 'zone', other),
  gtagConfig: listOf(body, 'gtagConfig', other),
  transformation: listOf(body, 'transformation', other),
})

const ENTITY_KINDS: Readonly<Record<string, (body: unknown) => unknown>> = {
  tag,
  trigger,
  variable,
  folder,
  builtInVariable: builtIn,
  customTemplate: other,
  client: other,
  zone: other,
  gtagConfig: other,
  transformation: other,
}

/**
 * One change of a workspace. A deleted entity may come with no more than its id, so only that it is of some kind is
 * asked for here.
 */
export const entity = (body: unknown): wire.WireEntity => {
  const plain = object(body)
  const kind = Object.keys(ENTITY_KINDS).find((name) => plain[name] !== undefined)
  if (kind === undefined) throw new BadShape('an entity of no kind')
  if (plain['changeStatus'] !== 'deleted') ENTITY_KINDS[kind]?.(plain[kind])
  return plain as wire.WireEntity
}

export const workspaceStatus = (body: unknown): wire.WireWorkspaceStatus => ({
  workspaceChange: listOf(body, 'workspaceChange', entity),
  mergeConflict: listOf(body, 'mergeConflict', other),
})

export const bulkAnswer = (body: unknown): readonly wire.WireEntity[] => listOf(body, 'changes', entity)

export const syncResult = (body: unknown): wire.WireSyncResult => ({
  mergeConflict: listOf(body, 'mergeConflict', other),
  syncError: flag(object(body)['syncStatus'], 'syncError'),
})

export const preview = (body: unknown): wire.WirePreview => ({
  version: version(object(body)['containerVersion']),
  compilerError: flag(body, 'compilerError'),
  ...syncStatus(body),
})

export const createdVersion = (body: unknown): wire.WireCreatedVersion => {
  const { newWorkspacePath } = object(body)
  return {
    ...published(body),
    ...syncStatus(body),
    ...(typeof newWorkspacePath === 'string' ? { newWorkspacePath } : {}),
  }
}

export const published = (body: unknown): wire.WirePublished => {
  const { containerVersion } = object(body)
  return {
    ...(containerVersion === undefined ? {} : { version: version(containerVersion) }),
    compilerError: flag(body, 'compilerError'),
  }
}

function syncStatus(body: unknown): { mergeConflict: boolean; syncError: boolean } {
  const status = object(body)['syncStatus']
  return { mergeConflict: flag(status, 'mergeConflict'), syncError: flag(status, 'syncError') }
}

export const keyEvent = (body: unknown): wire.WireKeyEvent => ({
  ...having<wire.WireKeyEvent>(body, 'name', 'eventName', 'countingMethod'),
  custom: flag(body, 'custom'),
  deletable: flag(body, 'deletable'),
})

export const customDimension = (body: unknown): wire.WireCustomDimension =>
  having(body, 'name', 'parameterName', 'displayName', 'scope')

export const customMetric = (body: unknown): wire.WireCustomMetric =>
  having(body, 'name', 'parameterName', 'displayName', 'scope', 'measurementUnit')

export const property = (body: unknown): wire.WireProperty => having(body, 'name', 'displayName')

export const dataStream = (body: unknown): wire.WireDataStream => having(body, 'name', 'type')
