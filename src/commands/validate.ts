import { checkPlan, type CheckResult } from '../check/check.ts'
import { fixPlan } from '../check/fix.ts'
import type { Code } from '../codes/all.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Places } from '../render/diagnostics.ts'
import { renderDiagnosticsGithub } from '../render/diagnostics-github.ts'
import { renderDiagnosticsJson } from '../render/diagnostics-json.ts'
import { renderDiagnosticsSarif } from '../render/diagnostics-sarif.ts'
import { renderFindings } from '../render/findings.ts'
import { problemsBetween } from './between-plans.ts'
import { UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { today } from './load-plan.ts'
import { longWork } from './long-work.ts'
import { fileOptions } from './options-file.ts'
import { paintOf } from './paint.ts'
import { planFiles, STDIN } from './plan-files.ts'
import type { Profile } from './profiles.ts'
import { readNamed } from './read-named.ts'
import { VERSION } from './version.ts'
import { replaceFile } from './replace-file.ts'

export interface ValidateOptions {
  /** As the file of options says, else recommended, when left out. */
  readonly profile?: Profile
  readonly format: 'text' | 'json' | 'github' | 'sarif'
  readonly maxWarnings?: number
  readonly fix?: boolean
  /** Errors only; warnings are counted for `maxWarnings` all the same. */
  readonly quiet?: boolean
  /** As text: every warning with its line, however often it is said. */
  readonly verbose?: boolean
}

/** Checks plans, all of them, and prints every finding. */
export async function validateCommand(
  named: readonly string[],
  options: ValidateOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.fix === true && named.includes(STDIN))
    throw new UsageError('--fix writes into files, and standard input is none.')
  const files = await planFiles(named, io, { within: true })
  const profile = options.profile ?? (await fileOptions()).profile ?? 'recommended'
  const check = (plan: ParsedPlan): CheckResult => {
    longWork(io, `Checking ${plan.file}`, plan.size)
    return checkPlan(plan, { today: today(io), profile, env: io.env })
  }
  let parsed = await readAll(files, io)
  let results = parsed.map(check)
  if (options.fix === true && (await fixAll(parsed, results, io))) {
    parsed = await readAll(files, io)
    results = parsed.map(check)
  }
  const { diagnostics, places } = together(
    parsed,
    results,
    await problemsBetween(
      parsed,
      parsed.filter((_, index) => results[index]?.ok === true),
      io.env,
    ),
  )
  // Only SARIF tells what each code means.
  const codes = options.format === 'sarif' ? [...(await import('../codes/all.ts')).CODES.values()] : []
  const said = options.quiet === true ? diagnostics.filter(isError) : diagnostics
  io.out(render(said, places, codes, { ...options, profile }, io))
  if (options.format === 'text' && options.quiet !== true && diagnostics.length === 0)
    io.out(`${files.join(', ')}: no findings\n`)
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length
  const failed = diagnostics.some(isError) || warnings > (options.maxWarnings ?? Infinity)
  return failed ? 1 : 0
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}

function readAll(files: readonly string[], io: Io): Promise<ParsedPlan[]> {
  return Promise.all(files.map((file) => readNamed(file, io)))
}

/** Writes what has only one right answer, and says where; true when anything was written. */
async function fixAll(
  plans: readonly ParsedPlan[],
  results: readonly CheckResult[],
  io: Io,
): Promise<boolean> {
  let written = false
  for (const [index, plan] of plans.entries()) {
    const { files, made } = fixPlan(plan, results[index]?.diagnostics ?? [])
    for (const [file, text] of files) await replaceFile(file, text)
    if (made > 0) io.err(`${[...files.keys()].join(', ')}: ${made} put right\n`)
    written ||= made > 0
  }
  return written
}

function render(
  diagnostics: readonly Diagnostic[],
  places: Places,
  codes: readonly Code[],
  options: ValidateOptions,
  io: Io,
): string {
  switch (options.format) {
    case 'text': {
      const canAskLess = options.profile !== 'minimal'
      return renderFindings(diagnostics, places, { ...options, paint: paintOf(io), canAskLess })
    }
    case 'json':
      return renderDiagnosticsJson(diagnostics, places)
    case 'github':
      return renderDiagnosticsGithub(diagnostics, places)
    case 'sarif':
      return renderDiagnosticsSarif(diagnostics, places, codes, VERSION)
  }
}

/**
 * Several plans' findings as one list: each is given its place while its plan is still known, and what stands in a file
 * that several of them extend is said once.
 */
function together(
  plans: readonly ParsedPlan[],
  results: readonly CheckResult[],
  found: readonly Diagnostic[],
): { diagnostics: readonly Diagnostic[]; places: Places } {
  const ofEach = results.flatMap((result, index) =>
    result.diagnostics.map((one): Diagnostic => {
      const location =
        one.location ?? (one.at === undefined ? undefined : plans[index]?.locate(one.at, one.about))
      return location === undefined ? one : { ...one, location }
    }),
  )
  const textOf = (file: string): string | undefined =>
    plans.map((plan) => plan.textOf(file)).find((text) => text !== undefined)
  const once = new Map([...ofEach, ...found].map((one, index) => [keyOf(one) ?? index, one]))
  return { diagnostics: [...once.values()], places: { locate: () => undefined, textOf } }
}

/** The same for findings that say the same of one place; undefined where there is none. */
function keyOf({ code, message, fix, location }: Diagnostic): string | undefined {
  return location === undefined ? undefined : JSON.stringify([code, message, fix, location])
}
