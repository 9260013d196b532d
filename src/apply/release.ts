/**
 * What the plan made or adopted is given back: its mark leaves the notes, and nothing else changes. Written in a
 * workspace of its own, looked at, and made a version, as every change is.
 */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import { patch } from '../google/ga4.ts'
import { createWorkspace, quickPreview } from '../google/gtm.ts'
import { movesBetween, thingId } from '../diff/container-moves.ts'
import type { Container, Live, LiveState, VersionFacts } from '../live/live.ts'
import { contentOf } from '../live/read-live.ts'
import { unstamped } from '../live/sent.ts'
import type { Body, Sent } from '../kinds/kind.ts'
import { ENTITIES, GA4, GA4_KINDS, isMarkedInDescription } from '../kinds/kinds.ts'
import type { EntityKind, Ga4Kind } from '../resources/resource.ts'
import { ChunkRefused, send, type Rung } from './send-writes.ts'
import { Stop } from './stop.ts'
import { makeVersion } from './versions.ts'
import { discard } from './workspace.ts'
import type { Draft, EntityWrite } from './writes.ts'

const RUNGS: readonly Rung[] = ['bulk', 'levels', 'single']

/** @param entities the plan's own. @return the version in which they are nobody's. */
export async function release(
  google: GoogleConnection,
  live: LiveState,
  entities: readonly Live<EntityKind>[],
  version: { readonly name: string; readonly notes: string },
): Promise<VersionFacts> {
  const workspace = await createWorkspace(google, live.container.path, {
    name: `measurement-plan ${live.plan} release`,
    description: `What the plan ${live.plan} gives back.`,
  })
  const path = workspace.path ?? ''
  try {
    const content = await write(google, path, live, entities)
    checkOnlyThese(live.content, content, entities)
    const made = await makeVersion(google, live.container.path, { path }, version, live.version, content)
    return made.version
  } catch (error) {
    await discard(google, { path })
    throw error
  }
}

/**
 * Kinds that have their mark in GA4 itself, whether or not the plan still says anything of them. Key events have none
 * there: the list of them goes with the version variable.
 */
export const MARKED_IN_GA4: readonly Ga4Kind[] = GA4_KINDS.filter(isMarkedInDescription)

export function markedInGa4(things: readonly Live<Ga4Kind>[]): readonly Live<Ga4Kind>[] {
  return things.filter(({ kind }) => MARKED_IN_GA4.includes(kind))
}

/** The same in GA4, where the mark stands in a description. */
export async function releaseGa4(google: GoogleConnection, things: readonly Live<Ga4Kind>[]): Promise<void> {
  for (const { kind, spec, remote } of things) {
    // Of what is marked there it is read without the mark.
    const { description = '' } = spec as { readonly description?: string }
    await patch(google, GA4[kind].collection, remote.id, {
      description: description === '' ? null : description,
    })
  }
}

async function write(
  google: GoogleConnection,
  path: string,
  live: LiveState,
  entities: readonly Live<EntityKind>[],
): Promise<Container> {
  const draft: Draft = { content: live.content, byKey: new Map(), refs: new Map() }
  const writes = entities.map((entity): EntityWrite => ({
    op: 'put',
    kind: entity.kind,
    live: entity,
    name: entity.name,
    body: withoutMark(entity),
  }))
  for (const rung of RUNGS) {
    try {
      await send(google, path, writes, draft, { rung, size: Infinity }, () => undefined)
      break
    } catch (error) {
      // Written twice is written once: every way writes the same.
      if (rung === 'single' || !(error instanceof GoogleError || error instanceof ChunkRefused)) throw error
    }
  }
  const preview = await quickPreview(google, path)
  return contentOf(preview.version, live)
}

function withoutMark(entity: Live<EntityKind>): Body {
  const { withNotes = notesInField } = ENTITIES[entity.kind]
  return { ...withNotes(unstamped(entity.remote.sent), entity.human), name: entity.name }
}

function notesInField(sent: Sent, notes: string): Sent {
  const kept = Object.entries(sent).filter(([field]) => field !== 'notes')
  return { ...Object.fromEntries(kept), ...(notes === '' ? {} : { notes }) }
}

function checkOnlyThese(before: Container, after: Container, entities: readonly Live<EntityKind>[]): void {
  const meant = new Set(entities.map(thingId))
  const strays = movesBetween(before, after).filter(({ thing }) => !meant.has(thingId(thing)))
  const left = after.entities.filter((entity) => entity.ours && meant.has(thingId(entity)))
  if (strays.length === 0 && left.length === 0) return
  throw new Stop(
    'draft-is-not-as-written',
    'The draft is not as it was written, so it was thrown away and nothing has changed.',
    'run it again; if it ends the same way, look at the container in GTM',
  )
}
