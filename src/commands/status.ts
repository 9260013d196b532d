import { isVersionOf, commitOf } from '../apply/version-text.ts'
import { statusOf, type State } from '../diff/status.ts'
import { committedBy } from '../git/committed-by.ts'
import { systemClock } from '../google/clock.ts'
import type { GoogleConnection } from '../google/connection.ts'
import { whenStored } from '../live/when-stored.ts'
import { renderStatusText, type StatusReport, type StatusRow } from '../render/status-text.ts'
import type { LiveState } from '../live/live.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { marketStates } from '../diff/market-status.ts'
import { compare } from './compare.ts'
import { lookingDeeds } from './diff.ts'
import type { ExitCode, Io } from './io.ts'
import type { CompiledPlan } from './load-plan.ts'
import {
  eachInTurn,
  exitCodeOf,
  loadEach,
  whereOf,
  type Loaded,
  type ManyOptions,
  type Problem,
} from './many.ts'
import { paintOf } from './paint.ts'
import { planFiles } from './plan-files.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface StatusOptions extends ManyOptions, TargetOptions {
  readonly format: 'text' | 'json'
  readonly who?: boolean
  readonly detailedExitcode?: boolean
}

/** Says of plans on their environments, all of them unless some are named, in which state each is. Nothing is changed. */
export async function statusCommand(
  named: readonly string[],
  options: StatusOptions,
  io: Io,
): Promise<ExitCode> {
  const files = await planFiles(named, io, { within: true })
  const isNamed = (options.environment ?? []).length > 0
  // Warnings are for `plan validate`. What is in the way is part of the report, which is drawn and printed as JSON.
  const quiet: Io = { ...io, err: () => undefined, colour: false }
  const loaded = await loadEach(files, { ...options, allEnvironments: !isNamed }, quiet)
  const compiled = loaded.flatMap((one) => ('compiled' in one ? [one.compiled] : []))
  const clock = io.clock ?? systemClock
  const startedAt = clock.now()
  const found = compiled.length === 0 ? undefined : await look(compiled, options, quiet)
  const rows = loaded.map((one) => rowOf(one, found?.rows ?? new Map()))
  const report: StatusReport = {
    formatVersion: 1,
    plans: rows.map(({ row }) => row),
    made: {
      ...(found?.requests ?? { gtm: 0, ga4: 0 }),
      seconds: Math.round((clock.now() - startedAt) / 1000),
    },
  }
  io.progress()
  io.out(
    options.format === 'json'
      ? `${JSON.stringify(report, null, 2)}\n`
      : renderStatusText(report, paintOf(io), options),
  )
  const exitCode = exitCodeOf(rows.flatMap(({ problem }) => problem ?? []))
  if (exitCode !== 0) return exitCode
  return options.detailedExitcode === true && report.plans.some(({ states }) => states[0] !== 'in step')
    ? 2
    : 0
}

interface Row {
  readonly row: StatusRow
  /** Why it cannot be looked at. */
  readonly problem?: Problem
}

async function look(
  plans: readonly CompiledPlan[],
  options: StatusOptions,
  io: Io,
): Promise<{
  readonly rows: ReadonlyMap<CompiledPlan, Row>
  readonly requests: { gtm: number; ga4: number }
}> {
  const environments = plans.map(({ plan }) => plan.environment)
  return withGoogle(environments, lookingDeeds(options), options, io, async (google) => {
    const looked = await eachInTurn(plans, (compiled) => lookAt(google, compiled, options.who === true, io))
    const rows = new Map(
      looked.map(([compiled, result]): [CompiledPlan, Row] => {
        if ('value' in result) return [compiled, { row: result.value }]
        const { problem } = result
        const row = { ...whereOf(compiled), states: ['unknown'], problem: problem.text }
        return [compiled, { row, problem }]
      }),
    )
    const { gtm, ga4 } = google.requests()
    return { rows, requests: { gtm, ga4 } }
  })
}

async function lookAt(
  google: GoogleConnection,
  compiled: CompiledPlan,
  who: boolean,
  io: Io,
): Promise<StatusRow> {
  const { changeSet, live, refusal } = await compare(google, compiled, { glance: true, who }, io)
  const byHand = changeSet.changes.filter(({ cause }) => cause !== 'plan')
  const status = statusOf(changeSet, live, refusal !== undefined)
  const { version, published } = live
  const ours = isVersionOf(live, version.description)
  const commit = ours ? commitOf(version.description) : undefined
  const at = whenStored(version)
  return {
    ...whereOf(compiled),
    ...status,
    version: {
      id: version.id,
      name: version.name,
      ours,
      live: published?.id === version.id,
      ...(at === undefined ? {} : { at }),
    },
    ...(published === undefined ? {} : { live: published.id }),
    ...(commit === undefined
      ? {}
      : { commit: { id: commit, ...(await committedBy(commit, compiled.file, io.env)) } }),
    ...marketsOf(compiled, live, status.states, changeSet),
    ...(byHand.length === 0
      ? {}
      : {
          byHand: byHand.map((change) => ({
            kind: change.kind,
            name: change.name,
            ...(change.who === undefined ? {} : { who: change.who }),
          })),
        }),
    ...(refusal === undefined ? {} : { problem: refusal.message }),
  }
}

function marketsOf(
  { plan, resources }: CompiledPlan,
  live: LiveState,
  whole: readonly State[],
  { changes }: ChangeSet,
): Pick<StatusRow, 'markets'> {
  if (plan.markets.length === 0) return {}
  const states = marketStates(
    plan.markets.map(({ id }) => id),
    resources,
    live,
    whole,
    new Set(changes.filter(({ cause }) => cause === 'drift').map(({ key }) => key)),
  )
  return {
    markets: plan.markets.map(({ id, title }) => ({
      id,
      ...(title === undefined ? {} : { title }),
      state: states.get(id) ?? 'in step',
    })),
  }
}

function rowOf(loaded: Loaded, rows: ReadonlyMap<CompiledPlan, Row>): Row {
  if ('compiled' in loaded) {
    const row = rows.get(loaded.compiled)
    if (row === undefined) throw new Error(`Nothing was found out about ${loaded.file}.`)
    return row
  }
  const { file, environment, problem } = loaded
  const where = environment === undefined ? { file } : { file, environment }
  return { row: { ...where, states: ['unusable'], problem: problem.text }, problem }
}
