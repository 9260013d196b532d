/**
 * Where Google's answers become our types. Each function checks the fields that the rest of the product relies on and
 * hands the object on whole, so that fields nobody here knows survive an update. Google leaves out zero values and
 * empty lists (https://github.com/stape-io/google-tag-manager-mcp-server/tree/3f814b5a6683d5732e21a03b7427d9b8c86adff9/packages/core);
 * where a missing one would have to be asked about everywhere it is put back here.
 */
import type * as wire from './wire.ts'

/** An answer that is not what Google sends: a proxy's page, a cut-off text, a field that has gone. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer'
}

type Plain = Readonly<Record<string, unknown>>

function object(value: unknown): Plain {
  if (value === undefined || value === null || value === '') throw new BadAnswer('an empty answer')
  if (typeof value !== 'object' || Array.isArray(value)) throw new BadAnswer('not a JSON object')
  return value as Plain
}

/** The object whole, after making sure that the named fields hold text. */
function having<T>(value: unknown, ...names: readonly (keyof T & string)[]): T {
  const plain = object(value)
  const missing = names.find((name) => typeof plain[name] !== 'string')
  if (missing !== undefined) throw new BadAnswer(`no ${missing}`)
  return plain as T
}

/** The list under a name; absent means empty. */
export function listOf<T>(body: unknown, name: string, each: (item: unknown) => T): readonly T[] {
  const value = object(body)[name]
  if (value === undefined) return []
  if (!Array.isArray(value)) throw new BadAnswer(`${name} is not a list`)
  return value.map(each)
}

/** The token of the next page; absent or empty means that this was the last. */
export function nextPage(body: unknown): string | undefined {
  const token = object(body)['nextPageToken']
  return typeof token === 'string' && token !== '' ? token : undefined
}

/** Google leaves out what is false, and whole objects in which everything would be. */
const flag = (part: unknown, name: string): boolean => part !== undefined && object(part)[name] === true

// Deletes answer with `{}`, with an empty body, or with 204.
export const nothing = (body: unknown): void => void (body === '' || body === undefined || object(body))
export const tag = (body: unknown): wire.WireTag => having(body, 'tagId', 'name', 'type')
export const trigger = (body: unknown): wire.WireTrigger => having(body, 'triggerId', 'name', 'type')
export const variable = (body: unknown): wire.WireVariable => having(body, 'variableId', 'name', 'type')
export const folder = (body: unknown): wire.WireFolder => having(body, 'folderId', 'name')
export const template = (body: unknown): wire.WireTemplate =>
  having(body, 'templateId', 'name', 'templateData')
export const builtIn = (body: unknown): wire.WireBuiltIn => having(body, 'type')
export const other = (body: unknown): wire.WireOther => object(body)

export const container = (body: unknown): wire.WireContainer => ({
  ...having<wire.WireContainer>(body, 'path', 'accountId', 'containerId', 'publicId', 'name'),
  usageContext: listOf(body, 'usageContext', String),
})

export const workspace = (body: unknown): wire.WireWorkspace => having(body, 'path', 'workspaceId', 'name')

export const versionHeader = (body: unknown): wire.WireVersionHeader =>
  having(body, 'path', 'containerVersionId')

/** A version that is stored, which a draft is not: it has a number. */
export const version = (body: unknown): wire.WireVersion => {
  if (typeof object(body)['containerVersionId'] !== 'string') throw new BadAnswer('no containerVersionId')
  return content(body)
}

const content = (body: unknown): wire.WireVersion => ({
  ...object(body),
  tag: listOf(body, 'tag', tag),
  trigger: listOf(body, 'trigger', trigger),
  variable: listOf(body, 'variable', variable),
  folder: listOf(body, 'folder', folder),
  builtInVariable: listOf(body, 'builtInVariable', builtIn),
  customTemplate: listOf(body, 'customTemplate', template),
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
  customTemplate: template,
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
  if (kind === undefined) throw new BadAnswer('an entity of no kind')
  if (plain['changeStatus'] !== 'deleted') ENTITY_KINDS[kind]?.(plain[kind])
  return plain as wire.WireEntity
}

export const bulkAnswer =
  (asked: readonly wire.WireEntity[]) =>
  (body: unknown): readonly wire.WireEntity[] => {
    const answer = listOf(body, 'changes', entity)
    const there = new Set(answer.map(nameIn))
    const missing = asked.map(addedName).find((name) => name !== undefined && !there.has(name))
    if (missing !== undefined) throw new BadAnswer(`no ${missing}`)
    return answer
  }

const addedName = (entity: wire.WireEntity): string | undefined =>
  entity.changeStatus === 'added' ? nameIn(entity) : undefined

/** `tag "Name"`; undefined for what has no name. */
function nameIn(entity: wire.WireEntity): string | undefined {
  const plain = entity as unknown as Readonly<Record<string, { readonly name?: unknown } | undefined>>
  const kind = Object.keys(ENTITY_KINDS).find((each) => typeof plain[each]?.name === 'string')
  return kind === undefined ? undefined : `${kind} "${String(plain[kind]?.name)}"`
}

export const syncResult = (body: unknown): wire.WireSyncResult => ({
  mergeConflict: listOf(body, 'mergeConflict', other),
  syncError: flag(object(body)['syncStatus'], 'syncError'),
})

export const preview = (body: unknown): wire.WirePreview => ({
  // An answer without the draft must not read as an empty one: everything would be written a second time.
  version: content(partOf(body, 'containerVersion')),
  compilerError: flag(body, 'compilerError'),
  ...syncStatus(body),
})

export const createdVersion = (body: unknown): wire.WireCreatedVersion => {
  const { newWorkspacePath, containerVersion } = object(body)
  const status = syncStatus(body)
  const refused = flag(body, 'compilerError') || status.mergeConflict || status.syncError
  return {
    ...(containerVersion === undefined && refused
      ? { compilerError: flag(body, 'compilerError') }
      : published(body)),
    ...status,
    ...(typeof newWorkspacePath === 'string' ? { newWorkspacePath } : {}),
  }
}

/** A version, or that the compiler refused it: an answer with neither says nothing. */
export const published = (body: unknown): wire.WirePublished => {
  const compilerError = flag(body, 'compilerError')
  const { containerVersion } = object(body)
  if (containerVersion === undefined && compilerError) return { compilerError }
  return { version: version(partOf(body, 'containerVersion')), compilerError }
}

function partOf(body: unknown, name: string): unknown {
  const part = object(body)[name]
  if (part === undefined)
    throw new BadAnswer(`no ${name}${flag(body, 'compilerError') ? ', but a compiler error' : ''}`)
  return part
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

export const audience = (body: unknown): wire.WireAudience => having(body, 'name', 'displayName')

/** Without the secret: whatever is not kept cannot be printed. */
export const secret = (body: unknown): wire.WireNamed =>
  having(
    Object.fromEntries(Object.entries(object(body)).filter(([field]) => field !== 'secretValue')),
    'name',
  )

export const named = (body: unknown): wire.WireNamed => having(body, 'name')

export const changeEvent = (body: unknown): wire.WireChangeEvent => object(body)

export const property = (body: unknown): wire.WireProperty => having(body, 'name', 'displayName')

export const dataStream = (body: unknown): wire.WireDataStream => having(body, 'name', 'type')

export const datasetLocation = (body: unknown): string => {
  const { location } = object(body)
  return typeof location === 'string' ? location : 'US'
}

export const tableName = (body: unknown): string =>
  having<{ readonly tableId: string }>(object(body)['tableReference'], 'tableId').tableId

export const columns = (body: unknown): readonly wire.WireColumn[] =>
  listOf(object(body)['schema'] ?? {}, 'fields', column)

const column = (field: unknown): wire.WireColumn => ({
  ...having<wire.WireColumn>(field, 'name', 'type'),
  fields: listOf(field, 'fields', column),
})

export const labels = (body: unknown): Readonly<Record<string, string>> =>
  object(object(body)['labels'] ?? {}) as Readonly<Record<string, string>>

/** Counts come as text: they may be larger than JSON's numbers. */
export const bytesRead = (body: unknown): number => Number(object(body)['totalBytesProcessed'] ?? 0)

export const queryAnswer = (body: unknown): wire.WireQueryAnswer => {
  const { jobComplete, jobReference, sessionInfo, pageToken } = object(body)
  const complete = jobComplete === true
  const session = object(sessionInfo ?? {})['sessionId']
  return {
    complete,
    jobId: having<{ readonly jobId: string }>(jobReference, 'jobId').jobId,
    columns: complete ? columns(body) : [],
    rows: listOf(body, 'rows', (row) => listOf(row, 'f', (cell) => object(cell)['v'])),
    bytes: bytesRead(body),
    ...(typeof session === 'string' ? { session } : {}),
    ...(typeof pageToken === 'string' && pageToken !== '' ? { pageToken } : {}),
  }
}

/** Rows by the names of their columns. Whole numbers that are counts or microseconds since 1970 fit a number exactly. */
export const rowsOf = (
  { rows }: wire.WireQueryAnswer,
  names: readonly wire.WireColumn[],
): readonly wire.WireRow[] =>
  rows.map((cells) => Object.fromEntries(names.map(({ name, type }, i) => [name, cellOf(type, cells[i])])))

function cellOf(type: string, value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (typeof value !== 'string') throw new BadAnswer('a cell that is not text')
  if (/^(INT|FLOAT|NUMERIC|BIGNUMERIC)/.test(type)) return Number(value)
  return /^BOOL/.test(type) ? value === 'true' : value
}

export const report = (body: unknown): wire.WireReport => {
  const { metadata, propertyQuota, rowCount } = object(body)
  const values = (row: unknown, name: string): readonly string[] =>
    listOf(row, name, (cell) => String(object(cell)['value'] ?? ''))
  const about = object(metadata ?? {})
  return {
    rows: listOf(body, 'rows', (row) => ({
      dimensions: values(row, 'dimensionValues'),
      metrics: values(row, 'metricValues').map(Number),
    })),
    rowCount: typeof rowCount === 'number' ? rowCount : 0,
    thresholded: flag(about, 'subjectToThresholding'),
    otherRow: flag(about, 'dataLossFromOtherRow'),
    sampled: listOf(about, 'samplingMetadatas', (one) => ({
      read: Number(object(one)['samplesReadCount']),
      space: Number(object(one)['samplingSpaceSize']),
    })),
    tokensLeft: Object.fromEntries(
      Object.entries(object(propertyQuota ?? {})).map(([name, pot]) => [
        name,
        Number(object(pot)['remaining'] ?? 0),
      ]),
    ),
    timeZone: typeof about['timeZone'] === 'string' ? about['timeZone'] : '',
  }
}
