/** Three ways of sending one list of writes; which one is taken is decided in `write-draft.ts`. */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import {
  bulkEntity,
  bulkUpdate,
  createEntity,
  deleteEntity,
  enableBuiltIns,
  entityPath,
  idOf,
  importFromGallery,
  updateEntity,
  writtenIn,
} from '../google/gtm.ts'
import type { WireEntity } from '../google/wire.ts'
import { galleryOf } from '../kinds/template.ts'
import { reread } from '../diff/match.ts'
import { ENTITIES } from '../kinds/kinds.ts'
import type { Places } from '../live/container.ts'

import { resourceId, type ResourceId } from '../resources/key.ts'
import { keysUsedBy } from '../resources/references.ts'
import { bodyFor, isImport, placesAfter, type Draft, type EntityWrite, type Write } from './writes.ts'
import { Refused } from './stop.ts'

export type Rung = 'bulk' | 'levels' | 'single'

export interface Way {
  readonly rung: Rung
  /** Changes a call, on the rung of levels. */
  readonly size: number
}

/** A call with several changes that was refused. */
export class ChunkRefused extends Error {
  readonly error: GoogleError
  readonly length: number
  constructor(error: GoogleError, length: number) {
    super(error.message)
    this.error = error
    this.length = length
  }
}

/** Sends writes; `report` is told how many are through. */
export async function send(
  google: GoogleConnection,
  workspace: string,
  writes: readonly Write[],
  draft: Draft,
  way: Way,
  report: (done: number) => void,
): Promise<void> {
  // They come first, and alone: see firstOf in write-draft.ts.
  if (writes.some(isImport)) return importAll(google, workspace, writes)
  switch (way.rung) {
    case 'bulk':
      return sendBulk(google, workspace, writes, draft)
    case 'levels':
      return sendLevels(google, workspace, writes, draft, way.size, report)
    case 'single':
      return sendSingle(google, workspace, writes, draft, report)
  }
}

async function importAll(
  google: GoogleConnection,
  workspace: string,
  writes: readonly Write[],
): Promise<void> {
  for (const write of writes) {
    const gallery = write.op === 'create' ? galleryOf(write.resource) : undefined
    if (gallery === undefined) continue
    try {
      await importFromGallery(google, workspace, gallery)
    } catch (error) {
      if (error instanceof GoogleError && write.change) throw new Refused(error, write.change)
      throw error
    }
  }
}

async function sendBulk(
  google: GoogleConnection,
  workspace: string,
  writes: readonly Write[],
  draft: Draft,
): Promise<void> {
  const newIds = new Map(
    writes
      .filter((write) => write.op === 'create')
      .map((write, index) => [write as Write, `new_${index + 1}`]),
  )
  const places = placesAfter(writes, draft, (write) => newIds.get(write))
  await sendChunk(google, workspace, writes, (write) => bulkChange(write, draft, places, newIds.get(write)))
}

async function sendChunk(
  google: GoogleConnection,
  workspace: string,
  chunk: readonly Write[],
  change: (write: Write) => WireEntity,
): Promise<readonly WireEntity[]> {
  try {
    return await bulkUpdate(google, workspace, chunk.map(change))
  } catch (error) {
    throw error instanceof GoogleError ? new ChunkRefused(error, chunk.length) : error
  }
}

function bulkChange(write: Write, draft: Draft, places: Places, newId: string | undefined): WireEntity {
  if (write.op === 'enable') return { changeStatus: 'added', builtInVariable: { type: write.type } }
  const [kind, body] = [ENTITIES[write.kind].list, bodyFor(write, draft, places)]
  if (write.op === 'create') return bulkEntity('added', kind, newId ?? '', body)
  const { id, fingerprint } = write.live.remote
  return bulkEntity(write.op === 'delete' ? 'deleted' : 'updated', kind, id, body, fingerprint)
}

async function sendLevels(
  google: GoogleConnection,
  workspace: string,
  writes: readonly Write[],
  draft: Draft,
  size: number,
  report: (done: number) => void,
): Promise<void> {
  const ids = new Map<Write, string>()
  let done = await enableAll(google, workspace, writes)
  for (const level of levelsOf(writes, draft)) {
    for (const chunk of chunksOf(level, size)) {
      const newIds = new Map(
        chunk
          .filter((write) => write.op === 'create')
          .map((write, index) => [write as Write, `new_${index + 1}`]),
      )
      const places = placesAfter(writes, draft, (write) => ids.get(write) ?? newIds.get(write))
      const answer = await sendChunk(google, workspace, chunk, (write) =>
        bulkChange(write, draft, places, newIds.get(write)),
      )
      for (const write of newIds.keys()) {
        const id = idInAnswer(write, answer)
        if (id === undefined) throw new ChunkRefused(answerLacks(workspace, write.name), chunk.length)
        ids.set(write, id)
      }
      report((done += chunk.length))
    }
  }
}

function idInAnswer(write: Write, answer: readonly WireEntity[]): string | undefined {
  for (const entity of answer) {
    const written = writtenIn(entity)
    const isIt =
      write.op === 'create' && written?.kind === ENTITIES[write.kind].list && written.name === write.name
    if (isIt) return written.id
  }
  return undefined
}

/** What was created may be there all the same. */
function answerLacks(workspace: string, name: string): GoogleError {
  return new GoogleError({
    code: 'bad-answer',
    message: `Google Tag Manager took the changes, and its answer does not say what became of "${name}".`,
    fix: 'Run it again; what was done already is found and not done twice.',
    requestMethod: 'POST',
    requestPath: `/tagmanager/v2/${workspace}/bulk_update`,
    maybeApplied: true,
  })
}

/**
 * The writes in their order, cut where one must see the last call done: what refers by id to a thing that is made, what
 * uses a variable that gets another name (GTM may rewrite it by itself), the deletes as a whole, and a trigger or template
 * that goes after what refers to it. A folder may go with what lies in it.
 */
export function levelsOf(writes: readonly Write[], draft: Draft): readonly (readonly EntityWrite[])[] {
  const levels: EntityWrite[][] = [[]]
  let [awaited, deletes] = [new Set<ResourceId>(), false]
  for (const write of writes) {
    if (write.op === 'enable') continue
    const resource = 'resource' in write ? write.resource : reread(write.live, draft.refs)
    const uses = [resource, ...('live' in write ? [reread(write.live, draft.refs)] : [])].flatMap(keysUsedBy)
    const isDelete = write.op === 'delete'
    const waits = isDelete
      ? !deletes || awaited.has(resourceId(resource))
      : uses.some((used) => awaited.has(resourceId(used)))
    if (waits) {
      levels.push([])
      awaited = new Set()
    }
    deletes ||= isDelete
    levels.at(-1)?.push(write)
    if (isDelete) {
      for (const used of uses) if (USED_BY_ID.has(used.kind)) awaited.add(resourceId(used))
    } else if (isAwaited(write)) awaited.add(resourceId(resource))
  }
  return levels.filter((level) => level.length > 0)
}

/** GTM refuses to delete what something still refers to so. */
const USED_BY_ID: ReadonlySet<string> = new Set(['gtm/trigger', 'gtm/template'])

/** Variables and tags are referred to by name, so one call may both make them and use them. */
function isAwaited(write: EntityWrite): boolean {
  if (write.op === 'create') return write.kind === 'gtm/trigger' || write.kind === 'gtm/folder'
  return write.op === 'update' && write.kind === 'gtm/variable' && write.name !== write.live.name
}

function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (items.length <= size) return [items]
  return [items.slice(0, size), ...chunksOf(items.slice(size), size)]
}

async function enableAll(
  google: GoogleConnection,
  workspace: string,
  writes: readonly Write[],
): Promise<number> {
  const types = writes.flatMap((write) => (write.op === 'enable' ? [write.type] : []))
  if (types.length > 0) await enableBuiltIns(google, workspace, types)
  return types.length
}

async function sendSingle(
  google: GoogleConnection,
  workspace: string,
  writes: readonly Write[],
  draft: Draft,
  report: (done: number) => void,
): Promise<void> {
  const ids = new Map<Write, string>()
  let done = await enableAll(google, workspace, writes)
  for (const write of writes) {
    if (write.op === 'enable') continue
    const places = placesAfter(writes, draft, (each) => ids.get(each))
    try {
      const id = await sendOne(google, workspace, write, draft, places)
      if (id !== undefined) ids.set(write, id)
    } catch (error) {
      if (error instanceof GoogleError && write.change) throw new Refused(error, write.change)
      throw error
    }
    report(++done)
  }
}

async function sendOne(
  google: GoogleConnection,
  workspace: string,
  write: EntityWrite,
  draft: Draft,
  places: Places,
): Promise<string | undefined> {
  const kind = ENTITIES[write.kind].list
  if (write.op === 'delete') {
    await deleteEntity(google, entityPath(workspace, kind, write.live.remote.id), kind)
    return undefined
  }
  const body = bodyFor(write, draft, places)
  if (write.op === 'create') return idOf(kind, await createEntity(google, workspace, kind, body))
  const { id, fingerprint } = write.live.remote
  await updateEntity(google, entityPath(workspace, kind, id), kind, body, fingerprint)
  return undefined
}
