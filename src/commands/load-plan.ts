/** What every command that works on one plan does first: read it, check it, choose the environment, compile it. */
import { asWritten } from '../check/as-written.ts'
import { checkPlan } from '../check/check.ts'
import type { Compiled } from '../compile/compile.ts'
import type { DiagnosticCode } from '../codes/code.ts'
import { buildPlan } from '../plan/build.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import { environmentIdsIn } from '../plan/places.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import type { Plan } from '../plan/plan.ts'
import { pathInRepository } from '../plan/read.ts'
import { isPublic, resolveVariables, shownEnvironment } from '../plan/variables.ts'
import { renderDiagnosticsText } from '../render/diagnostics.ts'
import { and, plural } from '../words/counting.ts'
import { Failure, Findings } from './failure.ts'
import type { Io } from './io.ts'
import { longWork } from './long-work.ts'
import { fileOptions } from './options-file.ts'
import { paintOf } from './paint.ts'
import { planFile } from './plan-files.ts'
import { readNamed } from './read-named.ts'

export interface PlanOptions {
  readonly environment?: string
  /** Leaves `${NAME}` where the process's environment has the value: for what people read and commit. */
  readonly keepsNames?: boolean
}

export interface LoadedPlan {
  /** As it was named; the plan itself has it from the top of its repository. */
  readonly file: string
  readonly parsed: ParsedPlan
  readonly plan: Plan
  /** What the plan was built from: the environment's, `${NAME}` resolved. */
  readonly document: PlanDocument
  /** Findings about the plan's values in what stands in the file: ${NAME}, never what it stands for. */
  readonly written: (diagnostics: readonly Diagnostic[]) => Diagnostic[]
  /** The names of variables whose value the plan holds and that nobody should be shown. */
  readonly holdsValuesOf: readonly string[]
}

export interface CompiledPlan extends LoadedPlan, Pick<Compiled, 'resources' | 'asked'> {
  /** The same with something in the Plan that was learned since. */
  readonly compiledAs: (plan: Plan) => CompiledPlan
}

/** What a change of the plan does to numbers beside it, so that whoever sees the change should see this too. */
const SAID_AT_ONCE: ReadonlySet<DiagnosticCode> = new Set(['key-events-are-names'])

/** Throws a Failure that holds every finding when the plan cannot be used. Warnings are only counted, on stderr. */
export async function loadPlan(named: string | undefined, options: PlanOptions, io: Io): Promise<LoadedPlan> {
  const file = await planFile(named, io)
  return loadParsed(file, await readNamed(file, io), options, io)
}

/** The same of a file that was read. */
async function loadParsed(
  file: string,
  parsed: ParsedPlan,
  options: PlanOptions,
  io: Io,
): Promise<LoadedPlan> {
  const environment =
    options.environment ?? (await environmentOfFile(file, parsed)) ?? onlyUnprotected(parsed.document)
  longWork(io, `Checking ${file}`, parsed.size)
  const { ok, document, diagnostics } = checkPlan(parsed, {
    today: today(io),
    env: io.env,
    ...(environment === undefined ? {} : { environment }),
  })
  // Warnings are for `plan validate`; here they would hide what keeps the command from working.
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (!ok || document === undefined) throw refused(errors, parsed, io)
  const id = environment ?? ambiguous(document)
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning')
  const said = warnings.filter(({ code }) => SAID_AT_ONCE.has(code))
  const counted = warnings.length - said.length
  if (said.length > 0) io.err(`${renderDiagnosticsText(said, parsed, paintOf(io))}\n`)
  if (counted > 0) io.err(`${plural(counted, 'warning')} (plan validate ${file} shows them)\n`)
  const env = options.keepsNames === true ? shownEnvironment(io.env) : io.env
  const resolved = resolveVariables(document, id, env)
  const secret = [...resolved.taken].filter(([name, value]) => !isPublic(value) && value === io.env[name])
  io.hiding?.values(resolved.taken)
  const ofEnvironment = resolved.document as PlanDocument
  return {
    file,
    parsed,
    plan: buildPlan(ofEnvironment, id, await pathInRepository(file)),
    document: ofEnvironment,
    written: (found) => asWritten(found, document, resolved),
    holdsValuesOf: secret.map(([name]) => name).sort(),
  }
}

/** Of what was written and cannot do its work without them. */
export function sayItHoldsValues({ holdsValuesOf }: LoadedPlan, io: Io): void {
  if (holdsValuesOf.length === 0) return
  const names = holdsValuesOf.map((name) => `\${${name}}`)
  io.err(`It holds what ${and(names)} ${names.length === 1 ? 'stands' : 'stand'} for: keep it out of git.\n`)
}

/** The same, compiled with our templates and the user's laid over them. */
export async function loadCompiled(
  named: string | undefined,
  options: PlanOptions & { readonly templates?: string },
  io: Io,
): Promise<CompiledPlan> {
  return compiledFrom(await loadPlan(named, options, io), options.templates, io)
}

/** The same of a file that was read. */
export async function compileParsed(
  file: string,
  parsed: ParsedPlan,
  options: PlanOptions & { readonly templates?: string },
  io: Io,
): Promise<CompiledPlan> {
  return compiledFrom(await loadParsed(file, parsed, options, io), options.templates, io)
}

async function compiledFrom(
  loaded: LoadedPlan,
  templates: string | undefined,
  io: Io,
): Promise<CompiledPlan> {
  const { compile } = await import('../compile/compile.ts')
  const { allTemplates } = await import('./templates.ts')
  const all = await allTemplates(templates)
  const compiledAs = (plan: Plan): CompiledPlan & { readonly diagnostics: readonly Diagnostic[] } => {
    const { resources, asked, diagnostics: found } = compile(plan, all)
    const diagnostics = loaded.written(found)
    if (diagnostics.some(({ severity }) => severity === 'error'))
      throw refused(diagnostics, loaded.parsed, io)
    return { ...loaded, plan, resources, asked, compiledAs, diagnostics }
  }
  longWork(io, `Compiling ${loaded.file} for ${loaded.plan.environment.id}`, loaded.parsed.size)
  const { diagnostics, ...compiled } = compiledAs(loaded.plan)
  if (diagnostics.length > 0) io.err(`${renderDiagnosticsText(diagnostics, loaded.parsed, paintOf(io))}\n`)
  return compiled
}

export function refused(diagnostics: readonly Diagnostic[], parsed: ParsedPlan, io: Io): Findings {
  return new Findings(renderDiagnosticsText(diagnostics, parsed, paintOf(io)).trimEnd())
}

/** The day, as 2026-11-22, in UTC so that every machine says the same. */
export function today(io: Io): string {
  return io.now().toISOString().slice(0, 10)
}

/** As the file of options says; a name that the plan does not have is said of that file. */
async function environmentOfFile(file: string, { document }: ParsedPlan): Promise<string | undefined> {
  const { environment } = await fileOptions()
  const ids = environmentIdsIn(document)
  if (environment !== undefined && ids.length > 0 && !ids.includes(environment))
    throw new Failure(
      'options-file-is-readable',
      `.measurement-plan.yaml: "environment" is ${environment}, and ${file} has ${ids.join(', ')}. Name one with -e, or change that line.`,
    )
  return environment
}

/** The environment that is meant when none is named. The document is not checked yet. */
function onlyUnprotected(document: unknown): string | undefined {
  const environments = (document as Partial<PlanDocument> | undefined)?.environments
  if (typeof environments !== 'object' || environments === null) return undefined
  const open = Object.entries(environments).filter(([, environment]) => environment?.protected !== true)
  return open.length === 1 ? open[0]?.[0] : undefined
}

function ambiguous(document: PlanDocument): never {
  const ids = Object.keys(document.environments)
  throw new Failure(
    'environment-is-named',
    `Name the environment with -e: ${ids.join(', ')}. Only one that is not protected needs no naming.`,
  )
}
