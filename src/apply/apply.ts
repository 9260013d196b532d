/**
 * Carrying a change set out, in an order in which it may be cut off at any point:
 *
 *   workspace ─▶ draft written ─▶ read back ─▶ settings ─▶ version ─▶ GA4 ─▶ look what is live ─▶ published ─▶ archived in GA4
 *
 * Until it is published nothing that visitors load has changed, GA4 is not touched for a draft that was refused, and
 * whatever is missing is found by comparing again. Settings carry no mark: the version says what was written of them, so
 * they are written before it.
 */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import { getVersion, latestVersionHeader } from '../google/gtm.ts'
import type { ApplyReport, ReportedChange } from '../resources/apply-report.ts'
import { isMade, type Change, type ChangeSet } from '../resources/change-set.ts'
import { isArchivedOnceLive, isWaitingForConsent, KINDS } from '../kinds/kinds.ts'
import { listedIn } from '../live/listed.ts'
import type { LiveState, VersionFacts } from '../live/live.ts'
import { contentOf } from '../live/read-live.ts'
import { mismatchesIn, type Mismatch } from './read-back.ts'
import { isDraftWork } from '../diff/requests.ts'
import { isListed, isNewlyListed } from '../diff/settings.ts'
import { thingText } from '../words/change-words.ts'
import { isVersionOf, versionName, versionNotes } from './version-text.ts'
import { Refused, Stop } from './stop.ts'
import { compilerStop, lostRace, makeVersion, publish } from './versions.ts'
import { discard, prepareWorkspace, workspaceName, type Workspace } from './workspace.ts'
import { annotate, type Day } from './annotate.ts'
import type { Doing } from '../words/release-note.ts'
import { writeDraft } from './write-draft.ts'
import { writeGa4, type Outcome } from './write-ga4.ts'

export interface Progress {
  readonly step: 'workspace' | 'write' | 'read back' | 'version' | 'ga4' | 'publish'
  /** In plain words: "writing 12 of 40". */
  readonly text: string
  readonly done?: number
  readonly total?: number
}

export interface ApplyOptions {
  /** The git commit of the plan. */
  readonly commit?: string
  readonly publish: boolean
  /** What is written into GA4's reports once the version is live, and on which day of the property's. */
  readonly annotation?: { readonly day: Day; readonly doings: readonly Doing[] }
  /** Whether a version that somebody else made may go live where nothing was left to change. */
  readonly includeOthers?: boolean
  readonly onProgress: (progress: Progress) => void
  /** Milliseconds; for the time it took. */
  readonly now: () => number
  /** When the run began, reading included. */
  readonly startedAt?: number
  /** How long so many requests take under the published quota; for the time that is left. */
  readonly seconds?: (gtm: number, ga4: number) => number
}

interface Run {
  readonly google: GoogleConnection
  readonly changeSet: ChangeSet
  readonly live: LiveState
  readonly options: ApplyOptions
  readonly outcomes: Map<Change, { readonly status: ReportedChange['status']; readonly error?: string }>
  readonly warnings: string[]
  /** What GA4 did not take because one of that name was archived. */
  readonly takenNames: Change[]
  version?: VersionFacts
  published: boolean
  draft?: string
  workspace?: Workspace
}

/** Carries out what `diff` found. Never throws for what the world refuses: the report says it. */
export async function apply(
  google: GoogleConnection,
  changeSet: ChangeSet,
  live: LiveState,
  options: ApplyOptions,
): Promise<ApplyReport> {
  const startedAt = options.startedAt ?? options.now()
  const run: Run = {
    google,
    changeSet,
    live,
    options,
    outcomes: new Map(),
    warnings: [],
    takenNames: [],
    published: false,
  }
  const stopped = await carryOut(run).then(
    () => undefined,
    (failure: unknown) => reasonOf(run, failure),
  )
  if (stopped && run.workspace?.isNew === true && REFUSALS.has(stopped.code)) {
    if (await discard(google, run.workspace)) delete run.draft
  }
  const { gtm, ga4 } = google.requests()
  return {
    ...changeSet,
    changes: changeSet.changes.map((change) => ({
      ...change,
      status: 'not tried',
      ...run.outcomes.get(change),
    })),
    made: { gtm, ga4, seconds: Math.round((options.now() - startedAt) / 1000) },
    ...(run.version && { version: { id: run.version.id, name: run.version.name } }),
    published: run.published,
    ...(run.draft === undefined ? {} : { draft: run.draft }),
    ...(stopped && { stopped }),
    warnings: run.warnings,
  }
}

/** After these the draft is of no use to anybody: the next run would be refused as well, or begins anew. */
const REFUSALS: ReadonlySet<string> = new Set([
  'permission-denied',
  'scope-missing',
  'invalid',
  'duplicate-name',
  'refused',
  'stale-fingerprint',
  'container-has-moved',
])

async function carryOut(run: Run): Promise<void> {
  const changes = run.changeSet.changes.filter(isMade)
  const inGa4 = changes.filter((change) => change.kind.startsWith('ga4/'))
  const settings = inGa4.filter(
    (change) => change.desired !== undefined && isListed(change.desired) && !isWaitingForConsent(change),
  )
  if (isDraftWork(changes)) await changeContainer(run, changes, settings)
  else await changeGa4(run, settings)
  await changeGa4(
    run,
    inGa4.filter(
      (change) => !settings.includes(change) && !isArchivedOnceLive(change) && !isWaitingForConsent(change),
    ),
  )
  await changeGa4(run, inGa4.filter(isWaitingForConsent))
  if (run.options.publish) await publishIt(run)
  await changeGa4(run, inGa4.filter(isArchivedOnceLive))
  const [taken] = run.takenNames
  if (taken !== undefined) throw archivedName(taken)
}

/** A name that GA4 has and does not list was archived: the site can do without it, so nothing else waits for it. */
function isTakenName({ change, error }: Extract<Outcome, { done: false }>): boolean {
  return (
    change.action === 'create' && KINDS[change.kind].removal === 'archive' && error.code === 'already-exists'
  )
}

function archivedName({ name, kind }: Change): Stop {
  return new Stop(
    'name-was-archived',
    `GA4 does not take ${thingText({ kind, name })}: one of that name was archived there once. Everything else was done.`,
    'send the parameter under another name, or leave it out of what is registered',
  )
}

/** @param settings what is done before the version, for its notes say so */
async function changeContainer(
  run: Run,
  changes: readonly Change[],
  settings: readonly Change[],
): Promise<void> {
  const { google, changeSet, live, options } = run
  const inGtm = changes.filter((change) => change.kind.startsWith('gtm/'))
  options.onProgress({
    step: 'workspace',
    text: `preparing the workspace "${workspaceName(changeSet.plan)}"`,
  })
  const workspace = await prepareWorkspace(google, changeSet, live)
  run.draft = workspace.name
  run.workspace = workspace
  const { preview, content } = await writeDraft(
    google,
    workspace,
    changeSet,
    live.content,
    ({ rung, done, total }) =>
      options.onProgress({
        step: 'write',
        text:
          rung === 'bulk'
            ? `writing ${total} changes at once`
            : `writing ${done} of ${total}${timeLeft(run, total - done)}`,
        done,
        total,
      }),
  ).catch(async (failure: unknown) => {
    const error = failure instanceof Refused ? failure.error : failure
    if (!(error instanceof GoogleError) || !TAKEN_AWAY.includes(error.code)) throw failure
    await changeGa4(run, await settingsTakenAlong(run, settings))
    throw failure === error && error.code === 'not-found' ? lostRace() : failure
  })
  options.onProgress({ step: 'read back', text: 'comparing the draft with what was written' })
  const mismatches = mismatchesIn(changeSet, live.content, content)
  if (mismatches.length > 0) throw readBackStop(run, inGtm, mismatches)
  if (preview.mergeConflict || preview.syncError) throw movedStop()
  if (preview.compilerError) throw compilerStop(content)
  await changeGa4(run, settings)
  const body = {
    name: versionName(changeSet.plan, options.commit),
    notes: versionNotes(changeSet, options.commit),
  }
  options.onProgress({ step: 'version', text: `making the version "${body.name}"` })
  const { version, isAsExpected } = await makeVersion(
    google,
    live.container.path,
    workspace,
    body,
    live.version,
    content,
  )
  delete run.draft
  delete run.workspace
  run.version = version
  for (const change of inGtm) run.outcomes.set(change, { status: 'done' })
  if (!isAsExpected && options.publish) throw movedStop(version.id)
  if (!isAsExpected)
    run.warnings.push(`Version ${version.id} also holds what somebody else made a version of at this moment.`)
}

/** The workspace was there when the run began to write in it. */
const TAKEN_AWAY: readonly string[] = ['workspace-submitted', 'not-found']

/**
 * What a draft that is gone leaves to be done. Thrown away, nothing: no setting is written for it. Where somebody made a version of
 * it, that version and all after it list settings as written, and the next run would take what is not so for a change by hand.
 */
async function settingsTakenAlong(
  { google, live, changeSet }: Run,
  settings: readonly Change[],
): Promise<readonly Change[]> {
  if (settings.length === 0) return []
  const { containerVersionId: id, path } = await latestVersionHeader(google, live.container.path)
  if (id === live.version.id) return []
  const listed = listedIn(contentOf(await getVersion(google, path), changeSet), changeSet)
  return listed === undefined
    ? []
    : settings.filter(({ desired }) => desired !== undefined && isNewlyListed(desired, listed, live))
}

/** One request a change, and what the whole run has made so far: the quota does not forget that. */
function timeLeft({ google, options }: Run, changes: number): string {
  if (options.seconds === undefined || options.startedAt === undefined) return ''
  const elapsed = (options.now() - options.startedAt) / 1000
  const left = Math.max(0, Math.round(options.seconds(google.requests().gtm + changes, 0) - elapsed))
  return left < 90 ? `, about ${left} s left` : `, about ${Math.round(left / 60)} min left`
}

async function changeGa4(run: Run, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  const { google, live, options } = run
  let done = 0
  const total = changes.length
  const tell = (): void => options.onProgress({ step: 'ga4', text: `GA4: ${done} of ${total}`, done, total })
  tell()
  const outcomes = await writeGa4(google, live, changes, () => {
    done++
    tell()
  })
  for (const outcome of outcomes) {
    run.outcomes.set(
      outcome.change,
      outcome.done ? { status: 'done' } : { status: 'failed', error: outcome.error.message },
    )
  }
  const failures = outcomes.filter((outcome) => !outcome.done)
  run.takenNames.push(...failures.filter(isTakenName).map(({ change }) => change))
  const failed = failures.find((outcome) => !isTakenName(outcome))
  if (failed) throw new Refused(failed.error, failed.change)
}

async function publishIt(run: Run): Promise<void> {
  const { google, live, changeSet, options } = run
  const version = run.version ?? live.version
  const { id, fingerprint } = version
  if (live.published?.id === id) {
    run.published = true
    return
  }
  // What was live when it was shown, or the version that the new one was made from: nothing of either is lost.
  const over = [live.published?.id, live.version.id]
  const isOurs = run.version !== undefined || isVersionOf(changeSet, live.version.description)
  if (!isOurs && options.includeOthers !== true) {
    throw new Stop(
      'latest-version-is-others',
      `Nothing was left to change, and the latest version ${id} was not made by this plan, so it was not published.`,
      `look at it in GTM; to put it live: plan publish ${id}`,
    )
  }
  options.onProgress({ step: 'publish', text: `putting version ${id} live` })
  await publish(google, live.container.path, {
    id,
    over,
    ...(fingerprint === undefined ? {} : { fingerprint }),
  })
  run.published = true
  const { annotation, commit } = options
  if (annotation === undefined) return
  const { day, doings } = annotation
  const release = { plan: changeSet.plan, version: id, doings, ...(commit === undefined ? {} : { commit }) }
  run.warnings.push(...(await annotate(google, live.property, release, day)))
}

function readBackStop(run: Run, changes: readonly Change[], mismatches: readonly Mismatch[]): Stop {
  for (const change of changes) {
    const mismatch = mismatches.find(({ kind, key }) => kind === change.kind && key === change.key)
    if (mismatch) run.outcomes.set(change, { status: 'failed', error: `${mismatch.message}.` })
  }
  const shown = mismatches.slice(0, 5).map(({ message }) => message)
  const more = mismatches.length > shown.length ? `; and ${mismatches.length - shown.length} more` : ''
  return new Stop(
    'draft-is-not-as-written',
    `The draft is not what was written, so no version was made: ${shown.join('; ')}${more}.`,
    `look at the workspace "${workspaceName(run.changeSet.plan)}" in GTM; if nobody else worked in it, GTM did not take those fields`,
  )
}

function movedStop(version?: string): Stop {
  return new Stop(
    'container-has-moved',
    version === undefined
      ? 'Somebody made a version of the container while this one was written, and it changes the same things.'
      : `Version ${version} was made, but also holds what somebody else made a version of at this moment, so it was not published.`,
    version === undefined
      ? 'run it again; it starts from that version'
      : `run it again: what is in it twice is taken away; or look at it in GTM, and to put it live as it is: plan publish ${version}`,
  )
}

function reasonOf(run: Run, failure: unknown): NonNullable<ApplyReport['stopped']> {
  if (failure instanceof Stop) {
    const { code, message, fix } = failure
    const isHeld = code === 'compiler-error' && run.changeSet.changes.some(({ held }) => held === true)
    const orRestore = "; what was changed by hand of the plan's own goes back with --restore-drift"
    return { code, message, fix: isHeld ? `${fix}${orRestore}` : fix }
  }
  if (failure instanceof GoogleError)
    return { code: failure.code, message: failure.message, fix: failure.fix }
  if (failure instanceof Refused) {
    const { error, refused } = failure
    const change = run.changeSet.changes.find(({ kind, key }) => kind === refused.kind && key === refused.key)
    if (change) run.outcomes.set(change, { status: 'failed', error: error.message })
    const place = change?.origin
    const where = place === undefined ? '' : ` (${place.file}:${place.line}:${place.column})`
    return { code: error.code, message: `${error.message}${where}`, fix: error.fix }
  }
  throw failure
}
