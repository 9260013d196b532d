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
import type { BrowserRunner } from '../proof/browser/runner.ts'
import type { Trial } from '../proof/judge.ts'
import type { Scenario } from '../proof/scenario.ts'
import { Failure, UsageError } from './failure.ts'
import { PACKAGE_ROOT } from './package-files.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, type CompiledPlan, type PlanOptions } from './load-plan.ts'
import { VERSION } from './version.ts'

export interface TestOptions extends PlanOptions {
  readonly level: Level
  readonly format: 'text' | 'json' | 'junit'
  readonly templates?: string
  readonly out?: string
  readonly browser?: string
  readonly only?: readonly string[]
  readonly explain?: readonly string[]
  readonly strict?: boolean
}

/** Proves that the plan's conversions fire when they should, and only then. Reaches no network. */
export async function testCommand(
  file: string | undefined,
  options: TestOptions,
  io: Io,
): Promise<ExitCode> {
  const compiled = await loadCompiled(file, options, io)
  const explain = named(compiled, options.explain ?? [])
  const report = await proofOf(compiled, options, explain, io)
  const text = rendered(report, options, explain, io)
  if (options.out === undefined) io.out(text)
  else await writeFile(options.out, text)
  return passed(report, options.strict ?? false) ? 0 : 1
}

/** Scenarios at a time in the one browser: while one page waits, another loads. */
const LANES = 3

async function proofOf(
  compiled: CompiledPlan,
  options: TestOptions,
  explain: ReadonlySet<string>,
  io: Io,
): Promise<ProofReport> {
  const { plan, file, resources } = compiled
  const version = compiledContainer(compiled, io)
  const trial = trialOf(plan, resources, version)
  const only = chosen(compiled, options.only)
  const scenarios = deriveScenarios(plan).filter(({ conversions }) => conversions.some((id) => only.has(id)))
  const notes = new Set<string>()
  const stop = new AbortController()
  void io.untilStopped().then(() => stop.abort())
  const proof = {
    trial,
    scenarios,
    explain,
    signal: stop.signal,
    progress: ({ id }: Scenario, index: number) => io.progress(`${index + 1} of ${scenarios.length}: ${id}`),
  }
  const runner =
    options.level === 'logic' ? undefined : await browserOf(compiled, version, trial, options, notes, io)
  try {
    const observe = runner?.run ?? logicRunner(trial.container).run
    const results = await prove({ ...proof, observe, lanes: runner === undefined ? 1 : LANES })
    return reportOf(
      {
        level: options.level,
        runtime: `measurement-plan ${VERSION}`,
        ...(runner === undefined ? {} : { browser: runner.version }),
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
        notes: [...notes],
      },
      { ...trial, subjects: trial.subjects.filter(({ id }) => only.has(id)) },
      scenarios,
      results,
    )
  } finally {
    await runner?.close()
    io.progress()
  }
}

async function browserOf(
  { plan }: CompiledPlan,
  version: ContainerVersion,
  { container }: Trial,
  options: TestOptions,
  notes: Set<string>,
  io: Io,
): Promise<BrowserRunner> {
  const { browserRunner } = await import('../proof/browser/runner.ts')
  const { findBrowser, NoBrowser } = await import('../proof/browser/find-browser.ts')
  const { readRuntime } = await import('../proof/browser/gtm-script.ts')
  try {
    return await browserRunner({
      browser: findBrowser(options.browser),
      now: io.now(),
      container: plan.environment.gtm.container,
      gtm: {
        kind: 'ours',
        runtime: await readRuntime(PACKAGE_ROOT),
        version,
        property: { keyEvents: [...container.keyEvents] },
      },
      hosts: new Set(plan.environment.hosts),
      note: (text) => notes.add(text),
    })
  } catch (error) {
    if (error instanceof NoBrowser) throw new Failure(error.message)
    throw error
  }
}

/** What the plan compiles to, the way GTM would publish it: the container file, read back. */
function compiledContainer({ plan, resources }: CompiledPlan, io: Io): ContainerVersion {
  const { version } = parseExport(renderContainerFile(plan, resources, io.now()), 'the compiled container')
  if (!isContainerVersion(version)) throw new Error('A compiled container could not be read back.')
  return version
}

function chosen(compiled: CompiledPlan, ids: readonly string[] | undefined): ReadonlySet<string> {
  return ids === undefined ? new Set(conversionsOf(compiled.plan).map(({ id }) => id)) : named(compiled, ids)
}

/** The ids of conversions on the command line; one that the plan does not have is wrong usage. */
function named({ plan }: CompiledPlan, ids: readonly string[]): ReadonlySet<string> {
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
