/** The plan's own workspace: made from the latest version, gone on with when an earlier run left it, never anybody else's. */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import {
  createWorkspace,
  deleteWorkspace,
  getVersion,
  latestVersionHeader,
  listVersionHeaders,
  listWorkspaces,
  quickPreview,
  syncWorkspace,
} from '../google/gtm.ts'
import { scopesFor } from '../google/scopes.ts'
import type { WireWorkspace } from '../google/wire.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { movesBetween, movesInWords } from '../diff/container-moves.ts'
import { otherWorkIn, type OtherWork } from './other-work.ts'
import type { Container, LiveState } from '../live/live.ts'
import { contentOf, newestFirst } from '../live/read-live.ts'
import { Stop } from './stop.ts'

export interface Workspace {
  readonly path: string
  readonly name: string
  /** Made by this run. */
  readonly isNew: boolean
  /** What is in it. */
  readonly content: Container
}

export function workspaceName(plan: string): string {
  return `measurement-plan ${plan}`
}

/** A workspace that holds the latest version, or that and a part of this change set. */
export async function prepareWorkspace(
  google: GoogleConnection,
  changeSet: ChangeSet,
  live: LiveState,
): Promise<Workspace> {
  await clearFormer(google, changeSet, live)
  return openOne(google, changeSet, live, true)
}

/** @param mayRestart whether what an earlier run left may be thrown away, and all this done once more */
async function openOne(
  google: GoogleConnection,
  changeSet: ChangeSet,
  live: LiveState,
  mayRestart: boolean,
): Promise<Workspace> {
  const found = await createOrFind(google, changeSet, live)
  const { path, name, isNew } = found
  try {
    // Only now: a workspace stands on whatever was the latest version when it was made.
    await checkStillLatest(google, live)
  } catch (error) {
    if (isNew) await discard(google, found)
    throw error
  }
  if (isNew) return { path, name, isNew, content: live.content }
  // Left by an earlier run; or made all the same by a request whose answer was lost, or by another run at this moment.
  return goOnWith(google, found, changeSet, live, mayRestart)
}

/** The draft of a plan that has another id since: it holds nothing that the change set does not say, and takes up a place. */
async function clearFormer(google: GoogleConnection, changeSet: ChangeSet, live: LiveState): Promise<void> {
  if (changeSet.formerly === undefined) return
  const name = workspaceName(changeSet.formerly)
  const found = (await listWorkspaces(google, live.container.path)).find((each) => each.name === name)
  if (found === undefined) return
  await lookInto(google, found, changeSet, live)
  await discard(google, found)
}

/** Takes a workspace of ours away again. False where these credentials may not, or the line is down: it does no harm. */
export async function discard(
  google: GoogleConnection,
  { path }: { readonly path: string },
): Promise<boolean> {
  try {
    await deleteWorkspace(await google.withScopes(scopesFor('discard')), path)
    return true
  } catch (error) {
    if (error instanceof GoogleError) return false
    throw error
  }
}

type FoundWorkspace = Pick<WireWorkspace, 'path' | 'name'> & { readonly isNew: boolean }

async function createOrFind(
  google: GoogleConnection,
  changeSet: ChangeSet,
  live: LiveState,
  retry = true,
): Promise<FoundWorkspace> {
  const name = workspaceName(changeSet.plan)
  const body = {
    name,
    description: `Written by measurement-plan for the plan ${changeSet.plan}. Edits belong elsewhere.`,
  }
  try {
    const created = await createWorkspace(google, live.container.path, body)
    return { path: created.path, name, isNew: true }
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error
    const isTaken =
      error.code === 'duplicate-name' || error.code === 'workspace-limit' || error.code === 'already-exists'
    if (!isTaken && !error.maybeApplied) throw error
    const all = await listWorkspaces(google, live.container.path)
    const found = all.find((workspace) => workspace.name === name)
    if (found) return { path: found.path, name, isNew: false }
    if (error.maybeApplied && retry) return createOrFind(google, changeSet, live, false)
    if (error.code !== 'workspace-limit') throw error
    throw new Stop(
      'workspace-limit',
      `The container has no room for another workspace; it has ${all.map((each) => `"${each.name}"`).join(', ')}.`,
      'submit or delete one that nobody needs (in GTM: Workspaces, at the top left), then run it again',
    )
  }
}

async function checkStillLatest(google: GoogleConnection, live: LiveState): Promise<void> {
  const header = await latestVersionHeader(google, live.container.path)
  if (header.containerVersionId === live.version.id) return
  const version = await getVersion(google, header.path)
  const moves = movesBetween(live.content, contentOf(version))
  throw new Stop(
    'container-has-moved',
    `Somebody made version ${header.containerVersionId} of the container since the difference was computed` +
      (moves.length === 0 ? '; nothing in it is different.' : `: ${movesInWords(moves)}.`),
    'run it again and look at the new difference; nothing was changed',
  )
}

async function goOnWith(
  google: GoogleConnection,
  found: FoundWorkspace,
  changeSet: ChangeSet,
  live: LiveState,
  mayRestart: boolean,
): Promise<Workspace> {
  const { content, isOfUse } = await lookInto(google, found, changeSet, live)
  if (isOfUse) return { path: found.path, name: found.name, isNew: false, content }
  if (mayRestart) return startAgain(google, found, changeSet, live)
  throw new Stop(
    'another-apply-is-running',
    `Another run is using the workspace "${found.name}" at this moment.`,
    'wait for it to end, then run it again',
  )
}

/** What an earlier run left in a workspace, and whether it can be gone on with. Stops where somebody else has worked in it. */
async function lookInto(
  google: GoogleConnection,
  found: Pick<WireWorkspace, 'path' | 'name'>,
  changeSet: ChangeSet,
  live: LiveState,
): Promise<{ readonly content: Container; readonly isOfUse: boolean }> {
  const { mergeConflict } = await syncWorkspace(google, found.path)
  const preview = await quickPreview(google, found.path)
  const content = contentOf(preview.version, changeSet)
  const { foreign, stale } = await explained(google, changeSet, live, content)
  if (foreign.length > 0) {
    throw new Stop(
      'workspace-has-other-work',
      `Somebody has worked in the workspace "${found.name}", which is the plan's own: ${movesInWords(foreign)}.`,
      'move that work to another workspace, or delete this one in GTM if it is not needed, then run it again',
    )
  }
  return { content, isOfUse: mergeConflict.length === 0 && !preview.mergeConflict && stale.length === 0 }
}

/** So many versions are looked into before somebody is said to have worked in the plan's workspace. */
const LOOKED_INTO = 10

/** What is left over; where that seems to be somebody's work, earlier versions may show where it came from. */
async function explained(
  google: GoogleConnection,
  changeSet: ChangeSet,
  live: LiveState,
  content: Container,
): Promise<OtherWork> {
  const other = (earlier: readonly Container[]): OtherWork =>
    otherWorkIn(changeSet, live.content, content, earlier)
  const earlier: Container[] = []
  let work = other(earlier)
  if (work.foreign.length === 0) return work
  const headers = await listVersionHeaders(google, live.container.path)
  const others = newestFirst(headers).filter(({ containerVersionId: id }) => id !== live.version.id)
  for (const { path } of others.slice(0, LOOKED_INTO)) {
    earlier.push(contentOf(await getVersion(google, path), changeSet))
    work = other(earlier)
    if (work.foreign.length === 0) break
  }
  return work
}

/** An earlier run wanted something else, or the container has moved under it: its draft is of no use any more. */
async function startAgain(
  google: GoogleConnection,
  found: FoundWorkspace,
  changeSet: ChangeSet,
  live: LiveState,
): Promise<Workspace> {
  try {
    await deleteWorkspace(await google.withScopes(scopesFor('discard')), found.path)
  } catch (error) {
    if (!(error instanceof GoogleError) || !['scope-missing', 'permission-denied'].includes(error.code))
      throw error
    throw new Stop(
      'workspace-is-stale',
      `The workspace "${found.name}" holds what an earlier run wanted, and these credentials may not delete it.`,
      'delete that workspace in GTM, then run it again; nothing of it is live',
    )
  }
  return openOne(google, changeSet, live, false)
}
