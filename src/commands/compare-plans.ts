/** Pairs the plans of the working tree with what they were at another revision. */
import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import type { Templates } from '../compile/templates.ts'
import { commitOf, openRepository } from '../git/repository.ts'
import { revisionAt, type Revision } from '../git/revision.ts'
import { GitError } from '../git/run-git.ts'
import { parsePlan, type ParsedPlan } from '../plan/parse.ts'
import { readPlanWith } from '../plan/read.ts'
import { shownEnvironment } from '../plan/variables.ts'
import { reviewPlans, type Compared } from '../review/review-plans.ts'
import type { Review } from '../review/review.ts'
import { sideOf, type Side } from '../review/side.ts'
import { Failure } from './failure.ts'
import { longWork } from './long-work.ts'
import { readNamed } from './read-named.ts'
import type { Io } from './io.ts'
import { today } from './load-plan.ts'
import { fileOptions } from './options-file.ts'
import { isPlanFile, looksLikePlan, onlyPlans, PLANS, planFiles, plansFolder, plansIn } from './plan-files.ts'
import type { Profile } from './profiles.ts'
import { allTemplates } from './templates.ts'

export interface ComparePlansOptions {
  /** The revision to compare with. */
  readonly base: string
  /** How the base is called in the review, when its own name says little. */
  readonly baseName?: string
  readonly profile?: Profile
  readonly templates?: string
}

export interface Comparison {
  readonly review: Review
  /** The plans as they are now, for their diagnostics. */
  readonly sides: readonly Side[]
  /** A path as the repository names it, whatever folder the command runs in. */
  readonly inRepository: (file: string) => string
}

/** @param named plan files; when none is named, those in plans/ now or then. */
export async function comparePlans(
  named: readonly string[],
  options: ComparePlansOptions,
  io: Io,
): Promise<Comparison> {
  try {
    const repository = await openRepository(io.env)
    for (const file of named) {
      if (repository.inside(file) === undefined)
        throw new Failure(
          'file-stays-in-the-repository',
          `${file} lies outside the repository ${repository.top}: run the command in the repository that holds it.`,
        )
    }
    const revision = revisionAt(repository, await commitOf(repository, options.base))
    const pairs = await pairsOf(named, revision, options.base, io)
    const templates = await allTemplates(options.templates)
    const profile = options.profile ?? (await fileOptions()).profile
    const asked = { ...options, ...(profile !== undefined && { profile }) }
    const compared = pairs.map((pair) => sides(pair, templates, asked, io))
    return {
      review: reviewPlans(compared, options.baseName ?? options.base),
      sides: compared.flatMap(({ after }) => (after === undefined ? [] : [after])),
      inRepository: (file) => repository.inside(file) ?? file,
    }
  } catch (error) {
    throw error instanceof GitError ? new Failure(error.code, error.message) : error
  }
}

interface ParsedPair {
  readonly before?: ParsedPlan
  readonly after?: ParsedPlan
}

function sides(
  { before, after }: ParsedPair,
  templates: Templates,
  { profile }: ComparePlansOptions,
  io: Io,
): Compared {
  const options = {
    today: today(io),
    env: shownEnvironment(io.env),
    templates,
    ...(profile === undefined ? {} : { profile }),
  }
  const now = after === undefined ? {} : { after: sideOf(after, options) }
  if (before === undefined) return now
  // Most plans of a repository are not touched; what holds for one side then holds for the other.
  const untouched = after !== undefined && isSame(before, after)
  return { before: untouched && now.after !== undefined ? now.after : sideOf(before, options), ...now }
}

function isSame(before: ParsedPlan, after: ParsedPlan): boolean {
  if (before.file !== after.file || before.diagnostics.length + after.diagnostics.length > 0) return false
  return JSON.stringify(before.document) === JSON.stringify(after.document)
}

/** Those of plans/ at the revision; other YAML beside them is none. */
async function plansThen(revision: Revision, folder: string): Promise<readonly string[]> {
  const files = (await revision.filesIn(folder)).filter(isPlanFile)
  const read = await Promise.all(files.map((file) => revision.readText(file)))
  return files.filter((_, index) => {
    const source = read[index]
    return source === undefined || !('text' in source) || looksLikePlan(source.text)
  })
}

/** Those of plans/ now. What was a plan stays one, however little is left of it. */
async function plansNow(folder: string, then: readonly string[], io: Io): Promise<readonly string[]> {
  const files = await plansIn(folder)
  const fresh = await onlyPlans(
    files.filter((file) => !then.includes(file)),
    io,
  )
  return files.filter((file) => then.includes(file) || fresh.includes(file))
}

async function pairsOf(
  named: readonly string[],
  revision: Revision,
  base: string,
  io: Io,
): Promise<ParsedPair[]> {
  const folder = await plansFolder()
  const then = named.length > 0 ? [] : await plansThen(revision, folder)
  const now = named.length > 0 ? (await planFiles(named)).map(slashes) : await plansNow(folder, then, io)
  if (now.length + then.length === 0)
    throw new Failure(
      'plan-is-found',
      `There is no plan in ${PLANS}/, neither now nor at ${base}. Name a file, or write a first plan with: plan init`,
    )
  const renamed = await revision.renamed()
  const pairs: ParsedPair[] = []
  const taken = new Set<string>()
  const fresh: ParsedPlan[] = []
  for (const file of now) {
    const before = await planAt(revision, renamed.get(file) ?? file)
    const after = existsSync(file) || before === undefined ? await readNamed(file, io) : undefined
    longWork(io, `Comparing ${file} with ${base}`, after?.size ?? 0)
    if (before !== undefined) taken.add(before.file)
    if (before === undefined && after !== undefined) {
      if (!existsSync(file))
        throw new Failure(
          'plan-is-found',
          `There is no plan ${file}, neither here nor at ${base}: check the path.`,
        )
      fresh.push(after)
    } else
      pairs.push({ ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) })
  }
  const gone = await gonePlans(revision, then, fresh, taken)
  // git follows a moved file only when it was added and not changed much; the plan's id tells, too.
  for (const after of fresh) {
    const id = idOf(after)
    const before = gone.find((plan) => id !== undefined && idOf(plan) === id && !taken.has(plan.file))
    if (before !== undefined) taken.add(before.file)
    pairs.push({ after, ...(before === undefined ? {} : { before }) })
  }
  const removed = gone.filter(({ file }) => then.includes(file) && !taken.has(file))
  return [...pairs, ...removed.map((before) => ({ before }))]
}

/** Plans that existed at the revision and do not now: in plans/, and beside plans that seem to be new. */
async function gonePlans(
  revision: Revision,
  then: readonly string[],
  fresh: readonly ParsedPlan[],
  taken: ReadonlySet<string>,
): Promise<ParsedPlan[]> {
  const folders =
    fresh.length === 0
      ? []
      : [...new Set([await plansFolder(), ...fresh.map(({ file }) => posix.dirname(file))])]
  const beside = (await Promise.all(folders.map((folder) => revision.filesIn(folder))))
    .flat()
    .filter(isPlanFile)
  const files = [...new Set([...then, ...beside])].filter((file) => !taken.has(file) && !existsSync(file))
  const plans = await Promise.all(files.map((file) => planAt(revision, file)))
  return plans.filter((plan) => plan !== undefined)
}

/** The plan at a revision, its overlays read there too; undefined when there was none. */
async function planAt(revision: Revision, file: string): Promise<ParsedPlan | undefined> {
  const source = await readPlanWith(file, revision.readText)
  const missing = source.files.length === 0 && source.diagnostics.some(({ code }) => code === 'missing-file')
  return missing ? undefined : parsePlan(source)
}

function idOf(plan: ParsedPlan): unknown {
  const { document } = plan
  return typeof document === 'object' && document !== null && 'plan' in document ? document.plan : undefined
}

function slashes(file: string): string {
  return posix.normalize(file.replaceAll('\\', '/'))
}
