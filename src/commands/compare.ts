/** Desired against live: what diff and apply have in common. */
import type { GoogleConnection } from '../google/connection.ts'
import { estimateSeconds } from '../google/quota.ts'
import { pointerOf, type Diagnostic, type Pointer } from '../plan/diagnostic.ts'
import { placeOfName } from '../plan/place-of-name.ts'
import { renderDiagnosticsText } from '../render/diagnostics.ts'
import type { Change, ChangeSet } from '../resources/change-set.ts'
import { resourceId } from '../resources/key.ts'
import type { Resource } from '../resources/resource.ts'
import { diff, type DiffOptions } from '../diff/diff.ts'
import { isDraftWork } from '../diff/requests.ts'
import { isListed } from '../diff/settings.ts'
import { ownerFrom, type LiveState } from '../live/live.ts'
import { GoogleError } from '../google/errors.ts'
import { movedNames, withMovers } from '../diff/movers.ts'
import { readLive, readMovers, withPublished, withUsesElsewhere, type Elsewhere } from '../live/read-live.ts'
import { isArchivedOnceLive, kindText } from '../kinds/kinds.ts'
import { thingText } from '../words/change-words.ts'
import { plural, some } from '../words/counting.ts'
import { requireWeb } from './container-kind.ts'
import { adoptionsOf, type Adopted } from '../import/adoptions.ts'
import { Failure, type Findings } from './failure.ts'
import type { Io } from './io.ts'
import { refused, type CompiledPlan } from './load-plan.ts'
import { withStreamIds } from './measurement-id.ts'
import { longWork } from './long-work.ts'
import { dependsOnMeasurement, measurementProblems } from './live-measurement.ts'
import { paintOf } from './paint.ts'
import { placesOfOthers, rivalProblems } from './rivals.ts'

export interface CompareOptions {
  /** Nothing is about to be changed: nobody is asked who else uses what would leave GA4. */
  readonly glance?: boolean
  /** What was read of other containers for the plans before this one in the same run. */
  readonly elsewhere?: Elsewhere
  /** Who changed things of GA4 by hand is asked of its change history, which is told to those who may write. */
  readonly who?: boolean
  readonly restoreDrift?: boolean
  readonly publish?: boolean
  /** Make what changes in words alone by itself, too. */
  readonly words?: boolean
  /** Names of things that exist and are to become the plan's; an empty list means all that are in the way. */
  readonly adopt?: readonly string[]
  /** What says the same becomes the plan's whatever it is called; and pairs of a tag's name and a conversion's id. */
  readonly adoptAlike?: ReadonlyMap<string, string>
  /** What is adopted, or was before, gets the plan's names. */
  readonly rename?: boolean
}

export interface Compared {
  readonly changeSet: ChangeSet
  /** Every finding, when one of them is a conflict: what does not stand in the way is still worth seeing first. */
  readonly refusal?: Findings
}

/** Reads what is live and compares. */
export async function compare(
  google: GoogleConnection,
  asWritten: CompiledPlan,
  options: CompareOptions,
  io: Io,
): Promise<Compared & { readonly compiled: CompiledPlan; readonly live: LiveState }> {
  const where = asWritten.plan.environment
  io.progress(`Reading ${where.gtm.container} and property ${where.ga4.property}`)
  const { compiled, requests } = await withStreamIds(google, asWritten)
  const { gtm, ga4 } = compiled.plan.environment
  const read = await readLive(google, {
    ...ownerFrom(compiled.plan),
    container: gtm.container,
    property: ga4.property,
    ...(ga4.measurementId === undefined ? {} : { measurementId: ga4.measurementId }),
    asked:
      options.glance !== true && dependsOnMeasurement(compiled, io)
        ? [...compiled.asked, 'ga4/enhanced-measurement']
        : compiled.asked,
    latestOnly: options.publish !== true && options.glance !== true,
  })
  const whole = { ...read, ga4Reads: read.ga4Reads + requests }
  const live = options.glance === true ? whole : await withOthersAsked(google, whole, compiled, options, io)
  io.progress()
  longWork(io, `Comparing ${plural(compiled.resources.length, 'thing')}`, compiled.parsed.size)
  const compared = await compareWith(live, compiled, options, io)
  const changeSet =
    options.who === true ? await named(google, compared.changeSet, live, io) : compared.changeSet
  return { ...compared, changeSet, compiled, live }
}

/** With who changed things of GA4 by hand. Whoever may not ask is told nothing, and nothing else depends on it. */
async function named(
  google: GoogleConnection,
  changeSet: ChangeSet,
  live: LiveState,
  io: Io,
): Promise<ChangeSet> {
  const names = movedNames(changeSet, live)
  if (names.length === 0) return changeSet
  try {
    return withMovers(changeSet, live, await readMovers(google, live.property, names))
  } catch (error) {
    if (!(error instanceof GoogleError) || !NOT_TOLD.has(error.code)) throw error
    io.err(
      `GA4 does not tell these credentials who changed what (${error.code}); analytics.edit is asked for.\n`,
    )
    return changeSet
  }
}

const NOT_TOLD: ReadonlySet<string> = new Set([
  'permission-denied',
  'scope-missing',
  'not-found',
  'not-supported',
])

/** Before anything leaves GA4, or changes that was there before the plan, it is asked who else uses it. */
async function withOthersAsked(
  google: GoogleConnection,
  live: LiveState,
  compiled: CompiledPlan,
  options: CompareOptions,
  io: Io,
): Promise<LiveState> {
  const { changes } = diff(
    compiled.resources,
    live,
    diffOptions(compiled, options, foundAlike(compiled, options, live)),
  ).changeSet
  // What this plan did not make may be another one's, which would set it back.
  const isOthersPerhaps = ({ kind, action, found, desired, cause, held }: Change): boolean =>
    kind.startsWith('ga4/') &&
    (action === 'delete' ||
      found === true ||
      // What was changed there since may have been changed by another plan.
      (desired !== undefined && isListed(desired) && cause !== 'plan' && held !== true))
  const asked = changes.filter(isOthersPerhaps)
  if (asked.length === 0) return live
  // Whether the site still uses what is to be archived.
  const waits = options.publish !== true && !isDraftWork(changes) && changes.some(isArchivedOnceLive)
  const read = waits ? await withPublished(google, live) : live
  io.progress(`Looking which other containers the account has`)
  return withUsesElsewhere(google, read, options.elsewhere, (containers) => {
    const before = read.gtmReads + LISTING
    const requests = 2 * containers.length
    const seconds = estimateSeconds(before + requests, 0) - estimateSeconds(before, 0)
    const line = `Who else uses ${some(asked.map(thingText), 2)}? Asking ${some(containers, 3)} (${requests} requests to Tag Manager, about ${seconds} s)`
    // While something waits to be archived this is asked each time: whoever waits a minute is told for what.
    if (seconds >= WORTH_SAYING_S) io.err(`${line}\n`)
    else io.progress(line)
  })
}

const LISTING = 1
const WORTH_SAYING_S = 30

/**
 * The same with what was read before, or elsewhere. What is only worth knowing is printed; a wrong container is a Failure
 * at once, because nothing about it is worth seeing.
 */
export async function compareWith(
  live: LiveState,
  compiled: CompiledPlan,
  options: CompareOptions,
  io: Io,
): Promise<Compared> {
  io.hiding?.inResults()
  const { parsed, resources } = compiled
  requireWeb(live.container, compiled, io)
  const placeOf = await placesOfOthers(compiled, live.content)
  const found = foundAlike(compiled, options, live)
  const { changeSet, diagnostics } = diff(resources, live, {
    ...diffOptions(compiled, options, found),
    placeOf,
  })
  const all = compiled.written([
    ...accountProblem(compiled, live),
    ...measurementProblems(compiled, live, io),
    ...(await rivalProblems(compiled, live.content, changeSet)),
    ...diagnostics,
    ...(found?.beside ?? []).filter(({ made }) => isChanged(made, changeSet)).map(staysTheirs),
  ])
  const isRefused = all.some(({ severity }) => severity === 'error')
  if (isRefused) return { changeSet, refusal: refused(all, parsed, io) }
  if (all.length > 0) io.err(`${renderDiagnosticsText(all, parsed, paintOf(io))}\n`)
  return { changeSet }
}

function isChanged(resource: Resource, { changes }: ChangeSet): boolean {
  return changes.some((change) => resourceId(change) === resourceId(resource))
}

function diffOptions(
  { file, plan, parsed }: CompiledPlan,
  { adopt, rename, restoreDrift, publish, words }: CompareOptions,
  found: Adopted | undefined,
): DiffOptions {
  return {
    environment: plan.environment.id,
    file,
    restoreDrift: restoreDrift === true,
    publish: publish === true,
    annotates: plan.property.annotate === 'releases',
    words: words === true,
    renames: rename === true,
    // What another plan made changes hands only by name: that plan would want it back.
    ...(adopt && {
      adopts: ({ name, kind }, owner) =>
        adopt.length === 0
          ? owner === undefined && found?.shared.has(`${kind} ${name}`) !== true
          : adopt.includes(name),
    }),
    ...(found && { adoptions: found.adoptions, names: found.names }),
    locate: parsed.locate,
    titleOf: (pointer) => titleAt(parsed.document, pointer),
    saidAt: (name, from) => placeOfName(parsed.document, name, from),
    seconds: estimateSeconds,
  }
}

/** A change to the plan is to change nothing of other people's, unless the plan says that it reads theirs. */
function staysTheirs({ made, theirs }: Adopted['beside'][number]): Diagnostic {
  const kind = kindText(made.kind)
  return {
    severity: 'warning',
    code: 'shared-things-stay-theirs',
    message: `Other people's tags use the ${kind} "${theirs.name}", too, so it stays theirs; the plan has one of its own that says the same, "${made.name}".`,
    ...(made.kind === 'gtm/variable'
      ? { fix: `to read theirs, write { variable: ${JSON.stringify(theirs.name)} } in the plan` }
      : {}),
    ...(made.origin === undefined ? {} : { at: made.origin }),
  }
}

/** What is there and says the same as the plan, where that is to be adopted. */
function foundAlike(
  { resources }: CompiledPlan,
  { adoptAlike: asked }: CompareOptions,
  { content, plan }: LiveState,
): Adopted | undefined {
  if (asked === undefined) return undefined
  const found = adoptionsOf(resources, content, plan, asked)
  const pairs = found.refused.map(({ pair, reason }) => `--map "${pair}" cannot be: ${reason}.`)
  if (pairs.length > 0)
    throw new Failure(
      'map-names-what-there-is',
      `${pairs.join(' ')} Write the name of a tag in GTM, =, and the id of a conversion of the plan.`,
    )
  return found
}

/** The public id is unique at Google, so a wrong account number is a slip in the plan, best found before writing. */
function accountProblem({ plan }: CompiledPlan, live: LiveState): Diagnostic[] {
  const { id, gtm } = plan.environment
  const [, account] = live.container.path.split('/')
  if (account === gtm.account) return []
  return [
    {
      severity: 'error',
      code: 'wrong-account',
      message: `${gtm.container} belongs to account ${account}, not ${gtm.account}.`,
      fix: `write account: "${account}", or name the container you mean`,
      at: pointerOf('environments', id, 'gtm', 'account'),
    },
  ]
}

/** The title of the part of a plan at that place. */
export function titleAt(document: unknown, pointer: Pointer): string | undefined {
  let node = document
  for (const step of pointer.split('/').slice(1)) {
    if (typeof node !== 'object' || node === null) return undefined
    node = (node as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  const title = (node as { title?: unknown } | undefined)?.title
  return typeof title === 'string' ? title : undefined
}
