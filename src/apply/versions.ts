/** Versions of the container: making one, publishing one, going back to one. */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import {
  createVersion,
  getVersion,
  latestVersionHeader,
  listVersionHeaders,
  publishVersion,
  setLatest,
} from '../google/gtm.ts'
import type { WireVersion, WireWorkspace } from '../google/wire.ts'
import { movesBetween } from '../diff/container-moves.ts'
import type { Container, VersionFacts } from '../live/live.ts'
import { contentOf, readPublished, versionFacts } from '../live/read-live.ts'
import { missingVariables } from '../live/usage.ts'
import { thingText } from '../resources/plan-words.ts'
import { Stop } from './stop.ts'

export interface VersionLine {
  readonly id: string
  readonly name: string
  readonly isLive: boolean
  readonly isLatest: boolean
}

/** All versions, newest first. */
export async function readVersions(
  google: GoogleConnection,
  container: string,
): Promise<readonly VersionLine[]> {
  const [headers, latest, live] = await Promise.all([
    listVersionHeaders(google, container),
    latestVersionHeader(google, container),
    readPublished(google, container),
  ])
  return headers
    .map(({ containerVersionId: id, name = '' }) => ({
      id,
      name,
      isLive: id === live?.containerVersionId,
      isLatest: id === latest.containerVersionId,
    }))
    .sort((a, b) => Number(b.id) - Number(a.id))
}

/**
 * Makes a version of a workspace whose content is known. When the answer is lost it is looked for: the workspace can
 * become a version only once.
 */
export async function makeVersion(
  google: GoogleConnection,
  container: string,
  workspace: Pick<WireWorkspace, 'path'>,
  body: { readonly name: string; readonly notes: string },
  before: VersionFacts,
  expected: Container,
): Promise<{ readonly version: VersionFacts; readonly isAsExpected: boolean }> {
  const version = await createOrFind(google, container, workspace, body, before, expected)
  return {
    version: versionFacts(container, version),
    isAsExpected: movesBetween(expected, contentOf(version)).length === 0,
  }
}

async function createOrFind(
  google: GoogleConnection,
  container: string,
  workspace: Pick<WireWorkspace, 'path'>,
  body: { readonly name: string; readonly notes: string },
  before: VersionFacts,
  expected: Container,
  retry = true,
): Promise<WireVersion> {
  try {
    const created = await createVersion(google, workspace.path, body)
    if (created.compilerError) throw compilerStop(expected)
    if (created.mergeConflict || created.syncError || !created.version) {
      throw new Stop(
        'container-has-moved',
        'Somebody made a version of the container at this moment, and it changes the same things.',
        'run it again; it starts from that version',
      )
    }
    return created.version
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error
    if (!error.maybeApplied)
      throw error.code === 'workspace-submitted' || error.code === 'not-found' ? lostRace() : error
    const latest = await latestVersionHeader(google, container)
    if (latest.containerVersionId !== before.id) {
      const version = await getVersion(google, latest.path)
      if (version.name === body.name && version.description === body.notes) return version
      throw lostRace()
    }
    if (!retry) throw error
    return createOrFind(google, container, workspace, body, before, expected, false)
  }
}

/** @param content what did not compile */
export function compilerStop(content: Container): Stop {
  const missing = missingVariables(content)
  const shown = missing
    .slice(0, 3)
    .map(({ variable, user }) => `${thingText(user)} refers to {{${variable}}}, which is not there`)
  const more = missing.length > shown.length ? `; and ${missing.length - shown.length} more` : ''
  return new Stop(
    'compiler-error',
    `GTM cannot compile the container, so nothing was put into effect${shown.length === 0 ? '' : `: ${shown.join('; ')}${more}`}.`,
    'put that right in GTM; Preview in the workspace names the tag or variable at fault',
  )
}

function lostRace(): Stop {
  return new Stop(
    'another-apply-was-faster',
    'Somebody else turned the workspace into a version, or deleted it, while this run was working in it.',
    'run it again: it compares anew, and does what is still missing',
  )
}

/** Puts a version live. When the answer is lost it is looked up which one is. */
export async function publish(google: GoogleConnection, container: string, versionId: string): Promise<void> {
  const path = `${container}/versions/${versionId}`
  for (let attempt = 1; ; attempt++) {
    try {
      const published = await publishVersion(google, path)
      if (published.compilerError) throw compilerStop(contentOf(await getVersion(google, path)))
      return
    } catch (error) {
      if (!(error instanceof GoogleError) || !error.maybeApplied) throw error
      const live = await readPublished(google, container)
      if (live?.containerVersionId === versionId) return
      if (attempt === 3) throw error
    }
  }
}

/**
 * Puts an earlier version live, and makes it the one that new work starts from: the next diff shows what the plan would
 * change about it.
 */
export async function rollback(
  google: GoogleConnection,
  container: string,
  versionId: string,
): Promise<void> {
  await publish(google, container, versionId)
  await setLatest(google, `${container}/versions/${versionId}`)
}
