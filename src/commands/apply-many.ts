/**
 * `plan apply` of several plans and environments. All of them are looked at before any is written to, and when something
 * is in the way of one, none is. Then each is carried out whole, one after the other: what fails in one says nothing about
 * the next, and is told at the end with the command that does what is left.
 */
import { systemClock } from '../google/clock.ts'
import type { GoogleConnection } from '../google/connection.ts'
import { elsewhere } from '../live/read-live.ts'
import { duration, requestsLine } from '../render/change-set-text.ts'
import { printable } from '../render/diagnostics.ts'
import { sandboxFlag } from '../render/sandbox-flag.ts'
import type { ApplyReport } from '../resources/apply-report.ts'
import { and, plural } from '../words/counting.ts'
import { columns, padded } from '../words/width.ts'
import { carryOut, deedsOf, exitCodeOfReport, look, show, type WayOptions, type Looked } from './apply.ts'
import { agreed, protectedUnnamed } from './ask.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { refused, type CompiledPlan } from './load-plan.ts'
import {
  eachInTurn,
  endsAll,
  exitCodeOf,
  loadAll,
  NOT_LOOKED_AT,
  placeName,
  problemOf,
  requestsOf,
  whereOf,
  type Attempt,
  type ManyOptions,
  type Problem,
} from './many.ts'
import { changedManualStepsText } from './manual-steps-text.ts'
import { paintOf } from './paint.ts'
import { withGoogle } from './target.ts'

type Options = WayOptions & ManyOptions

/** @param files plans, each on every environment that is meant */
export async function applyMany(files: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const plans = await loadAll(files, options, io)
  const environments = plans.map(({ plan }) => plan.environment)
  const unnamed = environments.flatMap((environment) => {
    const named = options.environment?.find((id) => id === environment.id)
    return protectedUnnamed(environment, named, 'apply to') ?? []
  })
  if (unnamed.length > 0) throw new Failure('protected-environment-is-named', [...new Set(unnamed)].join(' '))
  return withGoogle(environments, deedsOf(options), options, io, (google) =>
    applyAll(google, plans, options, io),
  )
}

async function applyAll(
  google: GoogleConnection,
  plans: readonly CompiledPlan[],
  options: Options,
  io: Io,
): Promise<ExitCode> {
  const clock = io.clock ?? systemClock
  const startedAt = clock.now()
  const together = { ...options, elsewhere: elsewhere() }
  const looked = await eachInTurn(plans, (compiled) => look(google, compiled, together, io), {
    done: (compiled, found) => {
      io.progress()
      if ('value' in found) showOne(found.value, options, io)
      else io.err(`${placeName(compiled)}: ${found.problem.text}\n`)
    },
  })
  const inTheWay = problemsOf(looked, io)
  if (inTheWay.length > 0) {
    io.err(
      `\nNothing was changed anywhere: ${inTheWay.length} of ${plural(plans.length, 'environment')} cannot be applied to as things are.\n`,
    )
    return exitCodeOf(inTheWay)
  }
  const ready = looked.flatMap(([, found]) => ('value' in found ? [found.value] : []))
  const toDo = ready.filter(({ toDo: something }) => something)
  if (toDo.length > 0 && !(await approved(toDo, options, io))) return 1

  const touched = new Set<string>()
  const done = await eachInTurn(
    toDo,
    async (before) => {
      const now = await asShown(google, before, touched, options, io)
      const [made, began] = [google.requests(), clock.now()]
      for (const place of placesOf(now)) touched.add(place)
      const report = await carryOut(google, now, options, io, startedAt)
      return { ...report, made: since(report.made, made, began - startedAt) }
    },
    { endsAll: ({ stopped }) => stopped !== undefined && endsAll(stopped.code) },
  )
  const results = resultsOf(ready, done)
  const { gtm, ga4 } = google.requests()
  const made = { gtm, ga4, seconds: Math.round((clock.now() - startedAt) / 1000) }
  // The summary comes last: a dozen checklists would push it off the screen.
  if (options.format === 'text') await showManualSteps(results, io)
  io.out(options.format === 'json' ? asJson(results, made) : asText(results, made, options, io))
  return exitCodeOf(results.flatMap(({ problem }) => problem ?? []))
}

function showOne(looked: Looked, options: WayOptions, io: Io): void {
  if (options.format === 'text' && looked.changeSet.changes.length > 0)
    io.out(`${paintOf(io).bold(placeName(looked.compiled))}\n\n`)
  show(looked, options, io)
  if (options.format === 'text') io.out('\n')
}

/** What keeps all of them from being written to, said with the place that it is about. */
function problemsOf(
  looked: readonly (readonly [CompiledPlan, Attempt<Looked>])[],
  io: Io,
): readonly Problem[] {
  const found: Problem[] = []
  for (const [compiled, result] of looked) {
    if ('problem' in result) {
      found.push(result.problem)
      continue
    }
    const { refusal, problems } = result.value
    const drawn = refusal ?? (problems.length === 0 ? undefined : refused(problems, compiled.parsed, io))
    if (drawn === undefined) continue
    const problem = problemOf(drawn)
    io.err(`${paintOf(io).bold(placeName(compiled))}\n${problem.text}\n`)
    found.push(problem)
  }
  return found
}

async function approved(toDo: readonly Looked[], options: Options, io: Io): Promise<boolean> {
  if (options.format === 'text' && toDo.length > 1)
    io.out(`${requestsLine({ requests: requestsOf(toDo.map(({ changeSet }) => changeSet)) })}\n`)
  if (options.autoApprove === true) return true
  const what = options.publish === true ? 'make and publish these changes' : 'make these changes'
  const places = toDo.map(({ compiled }) => placeName(compiled))
  const answer = await agreed(`\nType yes to ${what} on ${and(places)}:`, io)
  if (!answer) io.err('Nothing was changed.\n')
  return answer
}

function placesOf({ live }: Looked): readonly string[] {
  return [live.container.path, live.property]
}

/** Where this run has already written to its container or property, it is looked at again; only what was shown is done. */
async function asShown(
  google: GoogleConnection,
  before: Looked,
  touched: ReadonlySet<string>,
  options: WayOptions,
  io: Io,
): Promise<Looked> {
  if (!placesOf(before).some((place) => touched.has(place))) return before
  const now = await look(google, before.compiled, options, { ...io, colour: false })
  if (now.refusal !== undefined) throw now.refusal
  if (JSON.stringify(now.changeSet.changes) === JSON.stringify(before.changeSet.changes)) return now
  throw new Failure(
    'container-has-moved',
    'What was applied before it in this run has changed what is to be done here, so nothing was: look at it again.',
  )
}

function since(
  made: ApplyReport['made'],
  before: Omit<ApplyReport['made'], 'seconds'>,
  elapsed: number,
): ApplyReport['made'] {
  return {
    gtm: made.gtm - before.gtm,
    ga4: made.ga4 - before.ga4,
    seconds: Math.max(0, made.seconds - Math.round(elapsed / 1000)),
  }
}

interface Result {
  readonly compiled: CompiledPlan
  readonly result: 'done' | 'nothing to do' | 'failed' | 'not tried'
  readonly report?: ApplyReport
  readonly problem?: Problem
}

function resultsOf(
  ready: readonly Looked[],
  done: readonly (readonly [Looked, Attempt<ApplyReport>])[],
): readonly Result[] {
  const outcomes = new Map(done)
  return ready.map((looked): Result => {
    const { compiled } = looked
    const outcome = outcomes.get(looked)
    if (outcome === undefined) return { compiled, result: 'nothing to do' }
    if ('problem' in outcome) {
      const { problem } = outcome
      return { compiled, result: problem === NOT_LOOKED_AT ? 'not tried' : 'failed', problem }
    }
    const report = outcome.value
    const { stopped } = report
    if (stopped === undefined) return { compiled, result: 'done', report }
    const text = `error ${stopped.code}: ${stopped.message}\nfix: ${stopped.fix}`
    const problem = { text, exitCode: exitCodeOfReport(report), endsAll: endsAll(stopped.code) }
    return { compiled, result: 'failed', report, problem }
  })
}

async function showManualSteps(results: readonly Result[], io: Io): Promise<void> {
  for (const { compiled, result } of results) {
    const text = result === 'done' ? await changedManualStepsText(compiled.plan) : ''
    if (text !== '') io.err(`\n${placeName(compiled)}\n${text}`)
  }
}

type Made = ApplyReport['made']

/** A line for each place, why where it failed, and the command that does what is left. */
function asText(results: readonly Result[], made: Made, options: Options, io: Io): string {
  const { bold, red } = paintOf(io)
  const names = results.map(({ compiled }) => placeName(compiled))
  const width = Math.max(...names.map(columns))
  const lines = results.map((each, index) => {
    const what = each.result === 'failed' ? red(each.result) : each.result
    return `  ${padded(names[index] ?? '', width)}  ${what}${doneText(each)}`
  })
  const failed = results.flatMap(({ problem, compiled }) =>
    problem === undefined || problem === NOT_LOOKED_AT
      ? []
      : ['', bold(placeName(compiled)), ...problem.text.split('\n').map(printable)],
  )
  const left = leftToDo(results, options)
  return `${[
    '',
    bold(summaryOf(results)),
    ...lines,
    ...failed,
    ...(left.length === 0 ? [] : ['', 'What is left to do:', ...left.map((command) => `  ${command}`)]),
    '',
    `${plural(made.gtm, 'request')} to Tag Manager, ${made.ga4} to Analytics, ${duration(made.seconds)}.`,
  ].join('\n')}\n`
}

function summaryOf(results: readonly Result[]): string {
  const counts = (['done', 'nothing to do', 'failed', 'not tried'] as const).flatMap((result) => {
    const count = results.filter((each) => each.result === result).length
    return count === 0 ? [] : [`${count} ${result}`]
  })
  return `${plural(results.length, 'environment')}: ${counts.join(', ')}.`
}

function doneText({ report, result }: Result): string {
  if (report === undefined) return ''
  const done = report.changes.filter(({ status }) => status === 'done').length
  const { version, published } = report
  const parts = [
    ...(done === 0 ? [] : [plural(done, 'change')]),
    ...(version === undefined ? [] : [`version ${version.id}`]),
    // Published without a version of its own: what an earlier run had left waiting.
    ...(published ? ['live'] : version === undefined ? [] : ['not live yet']),
  ]
  return parts.length === 0 ? '' : `${result === 'failed' ? ' after' : ':'} ${parts.join(', ')}`
}

/** The same command for those places alone that were not done, one for each plan. */
function leftToDo(results: readonly Result[], options: Options): readonly string[] {
  const left = results.filter(({ result }) => result === 'failed' || result === 'not tried')
  return [...new Set(left.map(({ compiled }) => compiled.file))].map((file) => {
    const here = left.filter(({ compiled }) => compiled.file === file)
    const named = here.map(({ compiled }) => `-e ${compiled.plan.environment.id}`)
    return ['plan apply', file, ...named, ...flagsOf(options)].join(' ') + sandboxFlag(options.sandbox)
  })
}

function flagsOf(options: Options): readonly string[] {
  const flags = [
    ['allowDelete', '--allow-delete'],
    ['restoreDrift', '--restore-drift'],
    ['force', '--force'],
    ['publish', '--publish'],
    ['words', '--words'],
    ['includeOthers', '--include-others'],
  ] as const
  return [
    ...(options.allow ?? []).map((id) => `--allow ${id}`),
    ...flags.flatMap(([name, flag]) => (options[name] === true ? [flag] : [])),
    ...(options.templates === undefined ? [] : [`--templates ${options.templates}`]),
  ]
}

/** What schemas/applies.schema.json describes. */
function asJson(results: readonly Result[], made: Made): string {
  const shown = results.map(({ compiled, result, report, problem }) => ({
    ...whereOf(compiled),
    result,
    ...(report && { report }),
    ...(problem && { problem: problem.text }),
  }))
  return `${JSON.stringify({ formatVersion: 1, results: shown, made }, null, 2)}\n`
}
