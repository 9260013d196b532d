import { writeFile } from 'node:fs/promises'
import { renderContainerFile } from '../compile/export.ts'
import { parseExport } from '../lift/parse-export.ts'
import { conversionsOf } from '../plan/plan.ts'
import { deriveScenarios } from '../proof/derive.ts'
import { logicRunner } from '../proof/logic.ts'
import { hashOfResources, prove, reportOf, trialOf } from '../proof/prove.ts'
import { passed, type Level, type ProofReport } from '../proof/report.ts'
import { renderProofJunit } from '../proof/report-junit.ts'
import { renderProofText } from '../proof/report-text.ts'
import { isContainerVersion, type ContainerVersion } from '../runtime/core/container.ts'
import { UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, type CompiledPlan, type PlanOptions } from './load-plan.ts'
import { VERSION } from './version.ts'

export interface TestOptions extends PlanOptions {
  readonly level: Level
  readonly format: 'text' | 'json' | 'junit'
  readonly templates?: string
  readonly out?: string
  readonly explain?: readonly string[]
  readonly strict?: boolean
}

/** Proves that the plan's conversions fire when they should, and only then. Reaches no network. */
export async function testCommand(
  named: string | undefined,
  options: TestOptions,
  io: Io,
): Promise<ExitCode> {
  const compiled = await loadCompiled(named, options, io)
  const explain = explained(compiled, options.explain ?? [])
  const report = await proofOf(compiled, options, explain, io)
  const text = rendered(report, options, explain, io)
  if (options.out === undefined) io.out(text)
  else await writeFile(options.out, text)
  return passed(report, options.strict ?? false) ? 0 : 1
}

async function proofOf(
  compiled: CompiledPlan,
  options: TestOptions,
  explain: ReadonlySet<string>,
  io: Io,
): Promise<ProofReport> {
  const trial = trialOf(compiled.plan, compiled.resources, compiledContainer(compiled, io))
  const scenarios = deriveScenarios(compiled.plan)
  const runner = logicRunner(trial.container)
  const results = await prove({ trial, scenarios, explain, observe: runner.run, progress: () => undefined })
  const { plan, file, resources } = compiled
  return reportOf(
    {
      level: options.level,
      runtime: `measurement-plan ${VERSION}`,
      pages: 'generated pages',
      plan: {
        id: plan.id,
        title: plan.title,
        file,
        environment: plan.environment.id,
        container: plan.environment.gtm.container,
        measurementId: plan.environment.ga4.measurementId,
        hash: hashOfResources(resources),
      },
      notes: [],
    },
    trial,
    scenarios,
    results,
  )
}

/** What the plan compiles to, the way GTM would publish it: the container file, read back. */
function compiledContainer({ plan, resources }: CompiledPlan, io: Io): ContainerVersion {
  const { version } = parseExport(renderContainerFile(plan, resources, io.now()), 'the compiled container')
  if (!isContainerVersion(version)) throw new Error('A compiled container could not be read back.')
  return version
}

function explained({ plan }: CompiledPlan, ids: readonly string[]): ReadonlySet<string> {
  const known = new Set(conversionsOf(plan).map(({ id }) => id))
  const stranger = ids.find((id) => !known.has(id))
  if (stranger !== undefined)
    throw new UsageError(`The plan has no conversion "${stranger}". It has: ${[...known].join(', ')}.`)
  return new Set(ids)
}

function rendered(
  report: ProofReport,
  { format }: TestOptions,
  explain: ReadonlySet<string>,
  io: Io,
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`
    case 'junit':
      return renderProofJunit(report)
    case 'text':
      return renderProofText(report, { explain, paint: io.colour ? coloured : (_, text) => text })
  }
}

const COLOURS = { proven: 32, refuted: 31, 'not-proven': 33, 'not-tried': 90 } as const

function coloured(outcome: keyof typeof COLOURS, text: string): string {
  return `\u001b[${COLOURS[outcome]}m${text}\u001b[39m`
}
