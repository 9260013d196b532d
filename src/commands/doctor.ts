import { isDone, kindsShowing, manualSteps } from '../compile/manual-steps.ts'
import type { Plan } from '../plan/plan.ts'
import { checkAccess, withoutCredentials, type AccessReport } from '../google/access-check.ts'
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import { API_TITLES } from '../google/quota.ts'
import { list } from '../google/ga4.ts'
import { ga4LimitsLeft, workspacesLeft, type LimitLeft } from '../google/limits-left.ts'
import { readSettings } from '../live/read-live.ts'
import type { SettingsSpec } from '../resources/resource.ts'
import { printable } from '../render/diagnostics.ts'
import type { ExitCode, Io } from './io.ts'
import { loadPlan, type PlanOptions } from './load-plan.ts'
import { manualStepsText } from './manual-steps-text.ts'
import { paintOf } from './paint.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface DoctorOptions extends PlanOptions, TargetOptions {
  readonly format: 'text' | 'json'
}

/** Goes through the steps of access one by one, then says what limits are left. */
export async function doctorCommand(
  named: string | undefined,
  options: DoctorOptions,
  io: Io,
): Promise<ExitCode> {
  const { plan } = await loadPlan(named, options, io)
  const { environment } = plan
  const say = (
    report: AccessReport,
    limits: readonly LimitLeft[] = [],
    settings: ReadonlyMap<string, SettingsSpec> = new Map(),
  ): ExitCode => {
    io.progress()
    if (options.format === 'json') io.out(asJson(plan, report, limits, settings))
    else {
      printSteps(report, io)
      printLimits(limits, io)
      io.out(manualStepsText(plan, settings))
    }
    return report.steps.every(({ state }) => state === 'ok') ? 0 : 1
  }
  return withGoogle(environment, ['apply', 'publish'], options, io, async (google) => {
    io.progress('Looking at access and limits')
    const report = await checkAccess(google, environment)
    const limits = await limitsLeft(google, report)
    const steps = kindsShowing(manualSteps(plan))
    const settings =
      report.property === undefined
        ? new Map<string, SettingsSpec>()
        : await readSettings(google, report.property.name, steps)
    return say(report, limits, settings)
  }).catch((error: unknown) => {
    if (error instanceof GoogleError && error.code === 'no-credentials') return say(withoutCredentials(error))
    throw error
  })
}

/** What schemas/doctor.schema.json describes. */
function asJson(
  plan: Plan,
  { steps }: AccessReport,
  limits: readonly LimitLeft[],
  settings: ReadonlyMap<string, SettingsSpec>,
): string {
  const report = {
    formatVersion: 1,
    environment: plan.environment.id,
    ok: steps.every(({ state }) => state === 'ok'),
    steps,
    limits,
    byHand: manualSteps(plan).map((step) => {
      const { text, link } = step
      const done = isDone(step, settings)
      return { text, ...(link === undefined ? {} : { link }), ...(done === undefined ? {} : { done }) }
    }),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function printSteps({ steps }: AccessReport, io: Io): void {
  const { green, red, dim, bold } = paintOf(io)
  const signs = { ok: green('✓'), missing: red('✗'), open: dim('·') }
  for (const { api, state, message, fix } of steps) {
    io.out(`${signs[state]} ${API_TITLES[api].padEnd(12)} ${printable(message)}\n`)
    if (fix !== undefined) io.out(`${' '.repeat(15)}${bold('fix:')} ${printable(fix)}\n`)
  }
}

async function limitsLeft(
  google: GoogleConnection,
  { workspaces, property }: AccessReport,
): Promise<LimitLeft[]> {
  const inGtm = workspaces === undefined ? [] : [workspacesLeft(workspaces)]
  if (property === undefined) return inGtm
  const [keyEvents, dimensions, metrics] = await Promise.all([
    list(google, 'keyEvents', property.name),
    list(google, 'customDimensions', property.name),
    list(google, 'customMetrics', property.name),
  ])
  return [...inGtm, ...ga4LimitsLeft(property, keyEvents, dimensions, metrics)]
}

function printLimits(limits: readonly LimitLeft[], io: Io): void {
  if (limits.length === 0) return
  const { bold, yellow, dim } = paintOf(io)
  io.out(`\n${bold('Limits')}\n`)
  for (const { what, used, limit, certain } of limits) {
    const count = `${used} of ${limit}`.padStart(10)
    const full = used >= limit ? yellow('  none left') : ''
    io.out(
      `${count}  ${what}${certain ? '' : dim(' (free containers; Google publishes no figure for yours)')}${full}\n`,
    )
  }
}
