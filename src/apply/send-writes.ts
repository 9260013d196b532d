/** Three ways of sending one list of writes; which one is taken is decided in `write-draft.ts`. */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import {
  bulkUpdate,
  createEntity,
  deleteEntity,
  enableBuiltIns,
  entityPath,
  updateEntity,
} from '../google/gtm.ts'
import type { WireBodyByKind, WireEntity } from '../google/wire.ts'
import type { Place } from '../live/entity-form.ts'
import { ENTITY_KINDS, ID_FIELDS, idOf, nameOf, textOf, type EntityKind, type Wire } from '../live/live.ts'
import { bodyFor, placesAfter, type Draft, type EntityWrite, type Write } from './writes.ts'
import { Refused } from './stop.ts'

export type Rung = 'bulk' | 'levels' | 'single'

export interface Way {
  readonly rung: Rung
  /** Changes a call, on the rung of levels. */
  readonly size: number
}

type Places = ReadonlyMap<`${EntityKind} ${string}`, Place>

/** A chunk of a level that was refused. */
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
  switch (way.rung) {
    case 'bulk':
      return sendBulk(google, workspace, writes, draft)
    case 'levels':
      return sendLevels(google, workspace, writes, draft, way.size, report)
    case 'single':
      return sendSingle(google, workspace, writes, draft, report)
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
  await bulkUpdate(
    google,
    workspace,
    writes.map((write) => bulkChange(write, draft, places, newIds.get(write))),
  )
}

function bulkChange(write: Write, draft: Draft, places: Places, newId: string | undefined): WireEntity {
  if (write.op === 'enable') return { changeStatus: 'added', builtInVariable: { type: write.type } }
  const body = bodyFor(write, draft, places)
  const id = write.op === 'create' ? newId : write.id
  const stamp = write.op === 'create' ? {} : fingerprintOf(write.live)
  const status = write.op === 'create' ? 'added' : write.op === 'delete' ? 'deleted' : 'updated'
  // The kind names the field; TypeScript cannot follow a computed one.
  return {
    changeStatus: status,
    [write.kind]: { ...body, [ID_FIELDS[write.kind]]: id, ...stamp },
  } as unknown as WireEntity
}

function fingerprintOf(live: Wire): { fingerprint?: string } {
  const fingerprint = textOf(live.fingerprint)
  return fingerprint === '' ? {} : { fingerprint }
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
  for (const level of levelsOf(writes)) {
    for (const chunk of chunksOf(level, size)) {
      const newIds = new Map(
        chunk
          .filter((write) => write.op === 'create')
          .map((write, index) => [write as Write, `new_${index + 1}`]),
      )
      const places = placesAfter(writes, draft, (write) => ids.get(write) ?? newIds.get(write))
      const answer = await bulkUpdate(
        google,
        workspace,
        chunk.map((write) => bulkChange(write, draft, places, newIds.get(write))),
      ).catch((error: unknown) => {
        throw error instanceof GoogleError ? new ChunkRefused(error, chunk.length) : error
      })
      for (const write of newIds.keys()) ids.set(write, idInAnswer(write, answer))
      report((done += chunk.length))
    }
  }
}

function idInAnswer(write: Write, answer: readonly WireEntity[]): string {
  for (const entity of answer) {
    for (const kind of ENTITY_KINDS) {
      const wire = (entity as unknown as { readonly [kind: string]: Wire | undefined })[kind]
      if (write.op === 'create' && kind === write.kind && wire && nameOf(wire) === write.name)
        return idOf(kind, wire)
    }
  }
  throw new Error(`The answer to a bulk update lacks "${write.name}".`)
}

/** Everything in a level may go in one call: nothing in it refers to the id of another one in it. */
function levelsOf(writes: readonly Write[]): readonly (readonly EntityWrite[])[] {
  const entities = writes.filter((write): write is EntityWrite => write.op !== 'enable')
  const level = (test: (write: EntityWrite) => boolean): readonly EntityWrite[] => entities.filter(test)
  const written = (write: EntityWrite): boolean => write.op !== 'delete'
  return [
    level((write) => written(write) && write.kind === 'folder'),
    level(
      (write) =>
        written(write) && (write.kind === 'variable' || (write.kind === 'trigger' && !isGroup(write))),
    ),
    level((write) => written(write) && write.kind === 'trigger' && isGroup(write)),
    level((write) => written(write) && write.kind === 'tag'),
    level((write) => write.op === 'delete' && write.kind === 'tag'),
    level((write) => write.op === 'delete' && write.kind === 'trigger' && isGroup(write)),
    level(
      (write) =>
        write.op === 'delete' && !(write.kind === 'tag' || (write.kind === 'trigger' && isGroup(write))),
    ),
  ].filter((each) => each.length > 0)
}

function isGroup(write: EntityWrite): boolean {
  const type =
    'resource' in write ? (write.resource.spec as { readonly type?: string }).type : textOf(write.live.type)
  return type === 'triggerGroup'
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
  const { kind } = write
  if (write.op === 'delete') {
    await deleteEntity(google, entityPath(workspace, kind, write.id), kind)
    return undefined
  }
  const body = bodyFor(write, draft, places) as unknown as WireBodyByKind[typeof kind]
  if (write.op === 'create')
    return idOf(kind, (await createEntity(google, workspace, kind, body)) as unknown as Wire)
  await updateEntity(
    google,
    entityPath(workspace, kind, write.id),
    kind,
    body,
    fingerprintOf(write.live).fingerprint,
  )
  return undefined
}
