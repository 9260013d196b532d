import { systemClock } from '../google/clock.ts'
import type { GoogleConnection } from '../google/connection.ts'
import { estimateSeconds } from '../google/quota.ts'
import type { Deed } from '../google/scopes.ts'
import { renderApplyReportJson } from '../render/change-set-json.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Plan } from '../plan/plan.ts'
import { renderApplyReportText } from '../render/apply-report-text.ts'
import { renderChangeSetText } from '../render/change-set-text.ts'
import type { ApplyReport } from '../resources/apply-report.ts'
import { isMade, type ChangeSet } from '../resources/change-set.ts'
import { apply } from '../apply/apply.ts'
import { movedSince } from '../diff/saved-change-set.ts'
import { checkChangeSet } from '../diff/check-change-set.ts'
import { checkPublication, publicationOf } from '../diff/publication.ts'
import { isDraftWork } from '../diff/requests.ts'
import type { LiveState } from '../live/live.ts'
import type { Publication } from '../resources/publication.ts'
import { renderPublicationText } from '../render/publication-text.ts'
import { sandboxFlag } from '../render/sandbox-flag.ts'
import { headCommit } from '../git/head-commit.ts'
import { annotationOf, doingsOf } from './annotation.ts'
import { agreed, requireNamed } from './ask.ts'
import { compare, type Compared, type CompareOptions } from './compare.ts'
import { UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, refused, type CompiledPlan, type PlanOptions } from './load-plan.ts'
import { forOne, severalFiles, type ManyOptions } from './many.ts'
import { changedManualStepsText, manualStepsText } from './manual-steps-text.ts'
import { paintOf } from './paint.ts'
import { planPartsOf } from './plan-parts.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface ApplyOptions extends PlanOptions, WayOptions {}

/** How it is applied, wherever to. */
export interface WayOptions extends TargetOptions {
  readonly autoApprove?: boolean
  readonly allowDelete?: boolean
  readonly allow?: readonly string[]
  readonly restoreDrift?: boolean
  readonly force?: boolean
  readonly publish?: boolean
  readonly words?: boolean
  /** Put live, too, what is not this plan's. */
  readonly includeOthers?: boolean
  /** Names of existing things that become the plan's; empty for all that are in the way. */
  readonly adopt?: readonly string[]
  /** See CompareOptions. */
  readonly adoptAlike?: ReadonlyMap<string, string>
  readonly format: 'text' | 'json'
  readonly verbose?: boolean
  readonly templates?: string
}

/** Shows what would change, asks, and carries it out: one plan, a saved change set, or several plans and environments. */
export async function applyCommand(
  named: readonly string[],
  options: WayOptions & ManyOptions,
  io: Io,
): Promise<ExitCode> {
  const saved = named.find((file) => file.endsWith('.json'))
  if (saved !== undefined && named.length > 1)
    throw new UsageError(`${saved} is a saved change set, which is applied alone.`)
  const files = saved === undefined ? await severalFiles(named, options, io) : undefined
  if (files !== undefined) {
    const { applyMany } = await import('./apply-many.ts')
    return applyMany(files, options, io)
  }
  if ((options.environment ?? []).length > 1)
    throw new UsageError('A saved change set is of one environment.')
  return applyOne(named[0], forOne(options), io)
}

/** Shows the change set, asks, and carries it out. What is named may be a plan or a saved change set. */
export async function applyOne(named: string | undefined, options: ApplyOptions, io: Io): Promise<ExitCode> {
  const saved = named?.endsWith('.json')
    ? await (await import('./read-saved.ts')).readSaved(named, io)
    : undefined
  const compiled = await loadCompiled(saved?.file ?? named, withEnvironment(options, saved), io)
  const { environment } = compiled.plan
  requireNamed(environment, options.environment, 'apply to')
  return withGoogle(environment, deedsOf(options), options, io, (google) =>
    applyTo(google, compiled, saved, options, io),
  )
}

export function deedsOf({ publish }: Pick<ApplyOptions, 'publish'>): readonly Deed[] {
  return publish === true ? ['apply', 'publish'] : ['apply']
}

async function applyTo(
  google: GoogleConnection,
  asWritten: CompiledPlan,
  saved: ChangeSet | undefined,
  options: ApplyOptions,
  io: Io,
): Promise<ExitCode> {
  const clock = io.clock ?? systemClock
  const startedAt = clock.now()
  const looked = await look(google, asWritten, options, io)
  const { compiled, changeSet, refusal, problems } = looked
  const moved = saved === undefined ? [] : movedSince(saved, changeSet)
  if (moved.length > 0) throw refused(moved, compiled.parsed, io)
  show(looked, options, io)
  if (refusal !== undefined) throw refusal
  if (problems.length > 0) throw refused(problems, compiled.parsed, io)

  const isText = options.format === 'text'
  if (!looked.toDo && isText) return 0
  if (looked.toDo && !(await approved(changeSet, compiled, options, io))) return 1

  const report = await carryOut(google, looked, options, io, startedAt)
  await print(report, compiled, options, io)
  return exitCodeOfReport(report)
}

/** What is there and what would change, and what keeps it from being changed. Nothing is asked or written. */
export interface Looked extends Compared {
  readonly compiled: CompiledPlan
  readonly live: LiveState
  readonly publication?: Publication
  /** What wants a flag of its own. */
  readonly problems: readonly Diagnostic[]
  readonly toDo: boolean
}

export async function look(
  google: GoogleConnection,
  compiled: CompiledPlan,
  options: WayOptions & Pick<CompareOptions, 'elsewhere'>,
  io: Io,
): Promise<Looked> {
  const compared = await compare(google, compiled, { ...options, who: true }, io)
  const { changeSet, live } = compared
  const publication = options.publish === true ? goingLive(live, changeSet, compared.compiled) : undefined
  const problems = [
    ...checkChangeSet(changeSet, {
      allowDelete: options.allowDelete === true,
      force: options.force === true,
      ...(options.allow === undefined ? {} : { allow: options.allow }),
    }),
    ...(publication === undefined || !isForTheSite(publication, changeSet)
      ? []
      : checkPublication(publication, { includeOthers: options.includeOthers === true })),
  ]
  const something = changeSet.changes.some(isMade)
  const toDo = something || (publication !== undefined && isForTheSite(publication, changeSet))
  return { ...compared, problems, toDo, ...(publication && { publication }) }
}

/** As text: the change set, and unless something is in its way what goes live. */
export function show({ changeSet, refusal, publication }: Looked, options: WayOptions, io: Io): void {
  if (options.format === 'text') {
    const verbose = options.verbose ?? false
    io.out(renderChangeSetText(changeSet, { paint: paintOf(io), verbose, isRefused: refusal !== undefined }))
  }
  if (refusal === undefined && publication !== undefined) showPublication(publication, changeSet, options, io)
}

export async function carryOut(
  google: GoogleConnection,
  { compiled, changeSet, live, publication }: Looked,
  options: WayOptions,
  io: Io,
  startedAt: number,
): Promise<ApplyReport> {
  const clock = io.clock ?? systemClock
  const commit = await headCommit(compiled.file, io.env)
  const annotation = publication && annotationOf(compiled, doingsOf(publication, changeSet), io)
  const report = await apply(google, changeSet, live, {
    ...(commit === undefined ? {} : { commit }),
    ...(annotation === undefined ? {} : { annotation }),
    includeOthers: options.includeOthers === true,
    publish: publication !== undefined && isForTheSite(publication, changeSet),
    onProgress: ({ text }) => io.progress(text),
    now: () => clock.now(),
    startedAt,
    seconds: estimateSeconds,
  })
  io.progress()
  return report
}

export function exitCodeOfReport({ stopped }: ApplyReport): ExitCode {
  if (stopped === undefined) return 0
  return STOPPED_BY_QUOTA.includes(stopped.code) ? 3 : 1
}

/** What differs from the live version before this run has changed anything. */
function goingLive(live: LiveState, changeSet: ChangeSet, compiled: CompiledPlan): Publication {
  const changing = changeSet.changes.filter(isMade).map(({ key }) => key)
  return publicationOf(live.published, live.content, changeSet, new Set(changing), planPartsOf(compiled))
}

/** Whether anything of the plan's own is to go live: others' work alone is theirs to publish. */
function isForTheSite({ ours }: Publication, { changes }: ChangeSet): boolean {
  return ours.length > 0 || isDraftWork(changes)
}

function showPublication(publication: Publication, changeSet: ChangeSet, options: WayOptions, io: Io): void {
  if (!isForTheSite(publication, changeSet)) return
  const text = renderPublicationText(publication, {
    paint: paintOf(io),
    withChanges: isDraftWork(changeSet.changes),
  })
  if (text !== '') (options.format === 'text' ? io.out : io.err)(`\n${text}`)
}

/** Running the same command again later goes on where this one stopped. */
const STOPPED_BY_QUOTA: readonly string[] = ['quota', 'quota-exhausted']

/** A saved change set names its environment; one that is protected must still be named by hand. */
function withEnvironment(options: ApplyOptions, saved: ChangeSet | undefined): ApplyOptions {
  return saved === undefined ? options : { ...options, environment: options.environment ?? saved.environment }
}

async function approved(
  { environment }: ChangeSet,
  { plan }: CompiledPlan,
  options: ApplyOptions,
  io: Io,
): Promise<boolean> {
  if (options.autoApprove === true) return true
  const what = options.publish === true ? 'make and publish this change' : 'make this change'
  const question = `\nType yes to ${what} on ${environment} (${plan.environment.gtm.container}):`
  const answer = await agreed(question, io)
  if (!answer) io.err('Nothing was changed.\n')
  return answer
}

async function print(
  report: ApplyReport,
  { plan }: CompiledPlan,
  options: ApplyOptions,
  io: Io,
): Promise<void> {
  if (options.format === 'json') {
    io.out(renderApplyReportJson(report))
    return
  }
  io.out(`\n${renderApplyReportText(report, paintOf(io), publishFlags(plan, options))}`)
  if (report.stopped !== undefined) return
  io.err(options.verbose === true ? manualStepsText(plan) : await changedManualStepsText(plan))
}

/** What `plan publish` needs to mean the same place. */
function publishFlags({ file, environment }: Plan, { sandbox }: ApplyOptions): string {
  return `--plan ${file} -e ${environment.id}${sandboxFlag(sandbox)}`
}
