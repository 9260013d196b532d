/** Several plans and environments in one run: which are meant, and all of them read before Google is asked anything. */
import { resolve } from 'node:path'
import type { DiagnosticCode } from '../codes/code.ts'
import { GoogleError } from '../google/errors.ts'
import { estimateSeconds } from '../google/quota.ts'
import { environmentIdsIn } from '../plan/places.ts'
import { renderDiagnosticsText } from '../render/diagnostics.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { problemsBetween } from './between-plans.ts'
import { Findings, toldFailure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { compileParsed, type CompiledPlan, type PlanOptions } from './load-plan.ts'
import { paintOf } from './paint.ts'
import { planFiles } from './plan-files.ts'
import { readNamed } from './read-named.ts'

export interface ManyOptions {
  /** As often as `-e` stands there. */
  readonly environment?: readonly string[]
  readonly allEnvironments?: boolean
  readonly templates?: string
}

/** The files of a command line that asks for more than one plan on one environment; undefined where one is meant. */
export async function severalFiles(
  named: readonly string[],
  { environment = [], allEnvironments = false }: ManyOptions,
  io: Io,
): Promise<readonly string[] | undefined> {
  const files = named.length === 0 ? undefined : await planFiles(named, io, { told: true })
  if ((files?.length ?? 1) > 1 || environment.length > 1 || allEnvironments)
    return files ?? (await planFiles([], io, { told: true }))
  return undefined
}

/** The options of a command line on which `-e` stands once at most. */
export function forOne<T extends ManyOptions>({
  environment = [],
  ...rest
}: T): Omit<T, 'environment'> & PlanOptions {
  const [id] = environment
  return id === undefined ? rest : { ...rest, environment: id }
}

/** One plan on one environment, or why it cannot be used. */
export type Loaded =
  | { readonly file: string; readonly environment?: string; readonly compiled: CompiledPlan }
  | { readonly file: string; readonly environment?: string; readonly problem: Problem }

/** What the user or the world must put right, as it is printed; what goes into JSON is drawn without colour. */
export interface Problem {
  readonly text: string
  readonly exitCode: ExitCode
  /** Whatever comes after it would be refused as well: no credentials, no network, no quota. */
  readonly endsAll: boolean
}

/** Every plan on each of its environments that is meant, in the order of the files and of their environments. */
export async function loadEach(
  files: readonly string[],
  options: ManyOptions,
  io: Io,
): Promise<readonly Loaded[]> {
  const once = saidOnce(io)
  const plans = await Promise.all(
    [...new Map(files.map((file) => [resolve(file), file])).values()].map((file) =>
      attempt(async () => ({ file, parsed: await readNamed(file, io) })).then((read) => ({ file, read })),
    ),
  )
  const known = new Set(
    plans.flatMap(({ read }) => ('value' in read ? environmentIdsIn(read.value.parsed.document) : [])),
  )
  const strange = (options.environment ?? []).filter((id) => !known.has(id))
  const loaded: Loaded[] = []
  for (const { file, read } of plans) {
    if ('problem' in read) {
      loaded.push({ file, problem: read.problem })
      continue
    }
    const { parsed } = read.value
    for (const environment of meantIn(environmentIdsIn(parsed.document), options, strange)) {
      const named = environment === undefined ? {} : { environment }
      const { templates } = options
      const more = templates === undefined ? named : { ...named, templates }
      const made = await attempt(() => compileParsed(file, parsed, more, once))
      loaded.push(
        'value' in made
          ? { file, environment: made.value.plan.environment.id, compiled: made.value }
          : { file, ...named, problem: made.problem },
      )
    }
  }
  return loaded
}

/** The same, or nothing: throws everything that is wrong with one of them, and with two together. */
export async function loadAll(
  files: readonly string[],
  options: ManyOptions,
  io: Io,
): Promise<readonly CompiledPlan[]> {
  const loaded = await loadEach(files, options, io)
  const problems = loaded.flatMap((one) => ('problem' in one ? [one.problem.text] : []))
  const compiled = loaded.flatMap((one) => ('compiled' in one ? [one.compiled] : []))
  const plans = [...new Set(compiled.map(({ parsed }) => parsed))]
  const between = await problemsBetween(plans, plans, io.env)
  const textOf = (file: string): string | undefined =>
    plans.map((plan) => plan.textOf(file)).find((text) => text !== undefined)
  const places = { locate: () => undefined, textOf }
  const texts = [
    ...new Set(problems),
    ...(between.length === 0 ? [] : [renderDiagnosticsText(between, places, paintOf(io)).trimEnd()]),
  ]
  if (texts.length > 0) throw new Findings(texts.join('\n\n'))
  return compiled
}

/** What of the environments of one plan is meant; undefined for the one that needs no naming. */
function meantIn(
  ids: readonly string[],
  { environment = [], allEnvironments }: ManyOptions,
  strange: readonly string[],
): readonly (string | undefined)[] {
  if (ids.length === 0) return [undefined]
  // A name that no plan has is refused by each, with what it has.
  const named = environment.filter((id) => ids.includes(id) || strange.includes(id))
  if (allEnvironments === true) return [...new Set([...ids, ...named])]
  // A plan that has none of those named is refused as well: it was named.
  return named.length === 0 ? [environment[0]] : [...new Set(named)]
}

/** Environments of one plan have mostly the same to say. */
function saidOnce(io: Io): Io {
  const said = new Set<string>()
  return {
    ...io,
    err: (text) => {
      if (!said.has(text)) io.err(text)
      said.add(text)
    },
  }
}

export type Attempt<T> = { readonly value: T } | { readonly problem: Problem }

/** What the user or the world must put right is kept for later; our own bugs are thrown. */
export async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

/** What the user or the world must put right; our own bugs are thrown. */
export function problemOf(error: unknown): Problem {
  const told = toldFailure(error)
  if (told === undefined) throw error
  return { ...told, endsAll: error instanceof GoogleError && endsAll(error.code) }
}

/** Whether that code says nothing of one plan, but of whoever runs this, or where. */
export function endsAll(code: DiagnosticCode): boolean {
  return ENDS_ALL.includes(code)
}

const ENDS_ALL: readonly DiagnosticCode[] = [
  'quota',
  'quota-exhausted',
  'no-credentials',
  'credentials-refused',
  'unreachable',
]

/** What is told of a plan that was not looked at any more. */
export const NOT_LOOKED_AT: Problem = {
  text: 'Not looked at: what stopped the one before would have stopped this, too.',
  exitCode: 1,
  endsAll: true,
}

/**
 * One after the other; once something has happened that ends all, the rest is not tried.
 * @param endsAll whether what came of one says so, where nothing was thrown
 */
export async function eachInTurn<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  {
    done = () => undefined,
    endsAll = () => false,
  }: { done?: (item: T, result: Attempt<R>) => void; endsAll?: (value: R) => boolean } = {},
): Promise<readonly (readonly [T, Attempt<R>])[]> {
  const results: (readonly [T, Attempt<R>])[] = []
  let isOver = false
  for (const item of items) {
    const result: Attempt<R> = isOver ? { problem: NOT_LOOKED_AT } : await attempt(() => work(item))
    isOver ||= 'problem' in result ? result.problem.endsAll : endsAll(result.value)
    results.push([item, result])
    done(item, result)
  }
  return results
}

/** What applying all of them takes in one run, which shares one quota. */
export function requestsOf(sets: readonly Pick<ChangeSet, 'requests'>[]): ChangeSet['requests'] {
  const sum = (api: 'gtm' | 'ga4'): number => sets.reduce((all, { requests }) => all + requests[api], 0)
  const [gtm, ga4] = [sum('gtm'), sum('ga4')]
  return { gtm, ga4, seconds: estimateSeconds(gtm, ga4) }
}

/** Which plan it is and where it goes, as every JSON of several says it. */
export function whereOf({ file, plan: { id, environment } }: CompiledPlan): {
  readonly file: string
  readonly plan: string
  readonly environment: string
  readonly container: string
} {
  return { file, plan: id, environment: environment.id, container: environment.gtm.container }
}

/** `outfitters on staging (GTM-STAGE01)`. */
export function placeName({ plan: { id, environment } }: CompiledPlan): string {
  return `${id} on ${environment.id} (${environment.gtm.container})`
}

/** 1 where anything is wrong, 3 where nothing is but the quota, else 0. */
export function exitCodeOf(problems: readonly Problem[]): ExitCode {
  const [worst] = problems
    .filter((problem) => problem !== NOT_LOOKED_AT)
    .map(({ exitCode }) => exitCode)
    .sort()
  return worst ?? 0
}
