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
import { missingText } from '../diff/missing.ts'
import { isVersionName, type Container, type Owner, type VersionFacts } from '../live/live.ts'
import { contentOf, newestFirst, readPublished, versionFacts } from '../live/read-live.ts'
import { missingIn } from '../live/usage.ts'
import { thingText } from '../words/change-words.ts'
import { Stop } from './stop.ts'
import { isVersionOf } from './version-text.ts'

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
  return newestFirst(headers).map(({ containerVersionId: id, name = '' }) => ({
    id,
    name,
    isLive: id === live?.containerVersionId,
    isLatest: id === latest.containerVersionId,
  }))
}

/** A version that may be put live, and the one that is. */
export interface Candidate {
  readonly version: VersionFacts
  readonly content: Container
  readonly isLatest: boolean
  /** The number of what new work starts from, where somebody went back to a version before this one. */
  readonly goneBackTo?: string
  readonly live?: VersionFacts & { readonly content: Container }
}

/** The version of that number; without one the latest that the plan made, never somebody else's. */
export async function readCandidate(
  google: GoogleConnection,
  container: string,
  owner: Owner,
  named: string | undefined,
): Promise<Candidate | undefined> {
  const [headers, latest, live] = await Promise.all([
    listVersionHeaders(google, container),
    latestVersionHeader(google, container),
    readPublished(google, container),
  ])
  const isMeant = ({ containerVersionId: id, name = '' }: (typeof headers)[number]): boolean =>
    named === undefined ? isVersionName(owner, name) : id === named
  for (const { path, containerVersionId: id } of newestFirst(headers).filter(isMeant)) {
    const version = id === live?.containerVersionId ? live : await getVersion(google, path)
    // A name can be given by anybody; the description says it for sure.
    if (named === undefined && !isVersionOf(owner, version.description ?? '')) continue
    return {
      version: versionFacts(container, version),
      content: contentOf(version, owner),
      isLatest: id === latest.containerVersionId,
      ...(Number(id) > Number(latest.containerVersionId) && { goneBackTo: latest.containerVersionId }),
      ...(live && { live: { ...versionFacts(container, live), content: contentOf(live, owner) } }),
    }
  }
  return undefined
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
  const missing = missingIn(content)
  const shown = missing
    .slice(0, 3)
    .map((each) => `${thingText(each.user)} refers to ${missingText(each)}, which is not there`)
  const more = missing.length > shown.length ? `; and ${missing.length - shown.length} more` : ''
  const [first] = missing
  return new Stop(
    'compiler-error',
    `GTM cannot compile the container, so nothing was put into effect${shown.length === 0 ? '' : `: ${shown.join('; ')}${more}`}.`,
    first === undefined
      ? 'put that right in GTM; Preview in the workspace names the tag or variable at fault'
      : `create ${missingText(first)} in GTM, or take it out of what refers to it`,
  )
}

export function lostRace(): Stop {
  return new Stop(
    'another-apply-was-faster',
    'Somebody else turned the workspace into a version, or deleted it, while this run was working in it.',
    'run it again: it compares anew, and does what is still missing',
  )
}

/** Versions that the new one holds: what is live now must be among them, or somebody's published work would be taken off. */
export interface Publication {
  readonly id: string
  /** Of the version, from when its content was looked at. */
  readonly fingerprint?: string
  /** Which versions may be live at the moment; undefined for a container that was never published. */
  readonly over: readonly (string | undefined)[]
}

/**
 * Puts a version live. What is live is looked at right before, and nothing slow comes between; Google offers no way to
 * do both in one. When the answer is lost it is looked up which one is.
 */
export async function publish(
  google: GoogleConnection,
  container: string,
  { id, fingerprint, over }: Publication,
): Promise<void> {
  const path = `${container}/versions/${id}`
  for (let attempt = 1; ; attempt++) {
    const now = (await readPublished(google, container))?.containerVersionId
    if (now === id) return
    if (!over.includes(now)) throw liveHasMoved(id, now)
    try {
      const published = await publishVersion(google, path, fingerprint)
      if (published.compilerError) throw compilerStop(contentOf(await getVersion(google, path)))
      return
    } catch (error) {
      if (!(error instanceof GoogleError) || !error.maybeApplied || attempt === 3) throw error
    }
  }
}

function liveHasMoved(id: string, now: string | undefined): Stop {
  return new Stop(
    'live-has-moved',
    `Somebody put version ${now ?? 'none'} live in the meantime, and version ${id} does not hold it, so version ${id} was not published over it.`,
    'run it again: it starts from what is there now, and shows what would go live',
  )
}

/**
 * Puts an earlier version live, and makes it the one that new work starts from: the next diff shows what the plan would
 * change about it.
 */
export async function rollback(
  google: GoogleConnection,
  container: string,
  publication: Publication,
): Promise<void> {
  await publish(google, container, publication)
  await setLatest(google, `${container}/versions/${publication.id}`)
}
