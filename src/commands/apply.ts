import { systemClock } from '../google/clock.ts'
import type { GoogleConnection } from '../google/connection.ts'
import { estimateSeconds } from '../google/quota.ts'
import type { Deed } from '../google/scopes.ts'
import { renderApplyReportJson } from '../render/change-set-json.ts'
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
import { headCommit } from '../git/head-commit.ts'
import { agreed, requireNamed } from './ask.ts'
import { compare } from './compare.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, refused, type CompiledPlan, type PlanOptions } from './load-plan.ts'
import { changedManualStepsText, manualStepsText } from './manual-steps-text.ts'
import { paintOf } from './paint.ts'
import { subjectsOf } from './subjects.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface ApplyOptions extends PlanOptions, TargetOptions {
  readonly autoApprove?: boolean
  readonly allowDelete?: boolean
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

/** Shows the change set, asks, and carries it out. What is named may be a plan or a saved change set. */
export async function applyCommand(
  named: string | undefined,
  options: ApplyOptions,
  io: Io,
): Promise<ExitCode> {
  const saved = named?.endsWith('.json')
    ? await (await import('./read-saved.ts')).readSaved(named, io)
    : undefined
  const compiled = await loadCompiled(saved?.file ?? named, withEnvironment(options, saved), io)
  const { environment } = compiled.plan
  requireNamed(environment, options.environment, 'apply to')
  const deeds: readonly Deed[] = options.publish === true ? ['apply', 'publish'] : ['apply']
  return withGoogle(environment, deeds, options, io, (google) =>
    applyTo(google, compiled, saved, options, io),
  )
}

async function applyTo(
  google: GoogleConnection,
  compiled: CompiledPlan,
  saved: ChangeSet | undefined,
  options: ApplyOptions,
  io: Io,
): Promise<ExitCode> {
  const clock = io.clock ?? systemClock
  const startedAt = clock.now()
  const { changeSet, live, refusal } = await compare(google, compiled, options, io)
  const moved = saved === undefined ? [] : movedSince(saved, changeSet)
  if (moved.length > 0) throw refused(moved, compiled.parsed, io)
  const isText = options.format === 'text'
  if (isText) {
    const verbose = options.verbose ?? false
    io.out(renderChangeSetText(changeSet, { paint: paintOf(io), verbose, isRefused: refusal !== undefined }))
  }
  if (refusal !== undefined) throw refusal
  const publication = options.publish === true ? goingLive(live, changeSet) : undefined
  if (publication !== undefined) showPublication(publication, changeSet, compiled, options, io)
  const problems = [
    ...checkChangeSet(changeSet, {
      allowDelete: options.allowDelete === true,
      force: options.force === true,
    }),
    ...(publication === undefined || !isForTheSite(publication, changeSet)
      ? []
      : checkPublication(publication, { includeOthers: options.includeOthers === true })),
  ]
  if (problems.length > 0) throw refused(problems, compiled.parsed, io)

  const something = changeSet.changes.some(isMade)
  const toDo = something || (publication !== undefined && isForTheSite(publication, changeSet))
  if (!toDo && isText) return 0
  if (toDo && !(await approved(changeSet, compiled, options, io))) return 1

  const commit = await headCommit(io.env)
  const report = await apply(google, changeSet, live, {
    ...(commit === undefined ? {} : { commit }),
    includeOthers: options.includeOthers === true,
    publish: publication !== undefined && isForTheSite(publication, changeSet),
    onProgress: ({ text }) => io.progress(text),
    now: () => clock.now(),
    startedAt,
    seconds: estimateSeconds,
  })
  io.progress()
  await print(report, compiled, options, io)
  if (report.stopped === undefined) return 0
  return STOPPED_BY_QUOTA.includes(report.stopped.code) ? 3 : 1
}

/** What differs from the live version before this run has changed anything. */
function goingLive(live: LiveState, changeSet: ChangeSet): Publication {
  const changing = changeSet.changes.filter(isMade).map(({ key }) => key)
  return publicationOf(live.published, live.content, changeSet, new Set(changing))
}

/** Whether anything of the plan's own is to go live: others' work alone is theirs to publish. */
function isForTheSite({ ours }: Publication, { changes }: ChangeSet): boolean {
  return ours.length > 0 || isDraftWork(changes)
}

function showPublication(
  publication: Publication,
  changeSet: ChangeSet,
  compiled: CompiledPlan,
  options: ApplyOptions,
  io: Io,
): void {
  if (!isForTheSite(publication, changeSet)) return
  const text = renderPublicationText(publication, {
    paint: paintOf(io),
    subjectOf: subjectsOf(compiled),
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
  const where = sandbox === undefined ? '' : sandbox === true ? ' --sandbox' : ` --sandbox ${sandbox}`
  return `--plan ${file} -e ${environment.id}${where}`
}
