/**
 * Desired against live. Both are brought into one form first, so that the comparison itself is plain; who moved is
 * told from the hash that each of the plan's things carries (see `three-way.ts`), whose a thing is from its
 * marker (see `live/container.ts`). Nothing without the plan's marker gets a change, except what the plan was asked
 * to adopt and what stands in GA4 under the same immutable name.
 */
import { createHash } from 'node:crypto'
import { GA4, GA4_KINDS, isArchivedOnceLive } from '../kinds/kinds.ts'
import { withListed, type Listed } from '../live/listed.ts'
import { isVersionName, type LiveState } from '../live/live.ts'
import type { Diagnostic, Location, Pointer } from '../plan/diagnostic.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { isMade, type Change, type ChangeSet, type PlanPart } from '../resources/change-set.ts'
import { conversionIn, resourceId, versionVariableKey } from '../resources/key.ts'
import { hashOf } from '../resources/marker.ts'
import type { Key, Resource } from '../resources/resource.ts'
import { isGone } from '../words/change-words.ts'
import { withWords } from './change-words.ts'
import type { Comparison, DiffContext, Found, Gone } from './comparison.ts'
import { conflictDiagnostics, type PlaceOf, type SaidAt } from './conflicts.ts'
import { diffGa4 } from './diff-ga4.ts'
import { diffGtm, withOwnNamesAsKeys } from './diff-gtm.ts'
import { digestOf } from './digest.ts'
import { matchLive, type Adopts } from './match.ts'
import { usesOf, withTheirs } from './by-reference.ts'
import { nextListed } from './next-listed.ts'
import { withKeptNames, type Adoptions, type Names } from './kept-names.ts'
import { doesNotCompile } from './missing.ts'
import { orderChanges } from './order.ts'
import { withWaiting } from './words-only.ts'
import { unpublishedOf } from './publication.ts'
import { isDraftWork, requestsFor } from './requests.ts'
import { partOfUser, planPartOf, usersIn, type Users } from './plan-part.ts'

export interface DiffOptions {
  readonly environment: string
  /** The plan file as the user named it. */
  readonly file?: string
  /** Undo what was changed by hand, too. */
  readonly restoreDrift?: boolean
  /** Make what changes in words alone by itself, too. */
  readonly words?: boolean
  /** Which things that exist already are to become the plan's. */
  readonly adopts?: Adopts
  /** Which of them is which resource, where that does not go by the name. */
  readonly adoptions?: Adoptions
  readonly names?: Names
  /** What was adopted gets the plan's names. */
  readonly renames?: boolean
  readonly locate?: (pointer: Pointer) => Location | undefined
  readonly titleOf?: (pointer: Pointer) => string | undefined
  /** Where another plan asks for one of its things, if its file is at hand. */
  readonly placeOf?: PlaceOf
  readonly saidAt?: SaidAt
  /** Whether the new version is to be published: one request more. */
  readonly publish?: boolean
  /** Whether a note goes into GA4's reports then: one request more. */
  readonly annotates?: boolean
  /** How long so many requests take under the published quota. */
  readonly seconds?: (gtm: number, ga4: number) => number
}

export interface Diff {
  readonly changeSet: ChangeSet
  readonly diagnostics: readonly Diagnostic[]
}

/** What has to change at Google so that it is as desired. */
export function diff(compiled: readonly Resource[], live: LiveState, options: DiffOptions): Diff {
  const context = contextOf(compiled, live, options)
  const { adoptions = new Map(), names = new Map() } = options
  const own = withOwnNamesAsKeys(withKeptNames(compiled, live.content, adoptions, names, options.renames))
  const { desired: named, theirs } = withTheirs(own, live.content, adoptions)
  const listed = nextListed(named, live, context)
  const desired = named.map((resource) =>
    isVersionVariable(resource, live.plan) ? withListInNotes(resource, listed) : resource,
  )

  const matches = matchLive(desired, live, context.adopts)
  const sides: readonly Comparison[] = [
    diffGtm(desired, live.content, matches, context),
    diffGa4(desired, live, context),
  ]
  const found = withGuard(
    withWaiting(
      sides.flatMap((side) => side.changes),
      options.words === true,
    ),
    live,
  )
  const changes = untilLive(withWords(orderChanges(found), desired, live, matches), live, options)
  const uses = sides.flatMap((side) => side.uses)
  const total = (count: 'unmanaged' | 'owned'): number => sides.reduce((sum, side) => sum + side[count], 0)
  const done = changes.filter(isMade)
  const deletedByHand = new Set(
    changes.filter((change) => change.held === true && isGone(change)).map(resourceId),
  )
  const count = (action: Change['action']): number => done.filter((change) => change.action === action).length
  const touched = new Set(changes.filter(({ action }) => action !== 'delete').map(resourceId)).size
  const requests = requestsFor(changes, live, options.publish === true, options.annotates)
  const changeSet = {
    formatVersion: 1,
    plan: live.plan,
    ...(live.formerly === undefined ? {} : { formerly: live.formerly }),
    environment: options.environment,
    ...(options.file === undefined ? {} : { file: options.file }),
    compared: { desired: sha256(desired.map(identityOf).sort()), live: sha256(livePart(live)) },
    summary: {
      create: count('create'),
      update: count('update'),
      rename: count('rename'),
      delete: count('delete'),
      adopt: count('adopt'),
      unchanged: desired.length - touched - uses.length - matches.conflicts.size,
      unmanaged: total('unmanaged'),
      held: changes.filter(({ held }) => held === true).length,
      waiting: changes.filter(({ waits }) => waits === true).length,
      owned: total('owned'),
    },
    requests: { ...requests, seconds: options.seconds?.(requests.gtm, requests.ga4) ?? 0 },
    changes,
    uses: [...uses, ...usesOf(theirs)],
  } as const
  return {
    changeSet: { ...changeSet, digest: digestOf(changeSet) },
    diagnostics: [
      ...doesNotCompile(
        desired.filter((resource) => !deletedByHand.has(resourceId(resource))),
        live.content,
      ),
      ...conflictDiagnostics(desired, live, matches, options.placeOf, options.saidAt),
      ...sides.flatMap((side) => side.diagnostics),
      ...publishing(live, changes, options),
    ],
  }
}

/** What the plan protected at the last apply is changed or deleted by its name alone: everything of that conversion. */
function withGuard(changes: readonly Change[], { content }: LiveState): readonly Change[] {
  const guarded = new Set(
    content.entities.filter((each) => each.protected === true).map(({ key }) => conversionIn(key)),
  )
  return changes.map((change) => {
    const id = conversionIn(change.previousKey ?? change.key)
    const isNew = change.action === 'create' || change.action === 'adopt'
    return guarded.has(id) && !isNew ? { ...change, protected: id } : change
  })
}

/**
 * What is archived in GA4 does not come back, so it goes only once no live tag sends it any more: after publishing, or in
 * the next run after somebody has.
 */
function untilLive(
  changes: readonly Change[],
  live: LiveState,
  { publish = false }: DiffOptions,
): readonly Change[] {
  const isInEffect = !isDraftWork(changes) && unpublishedOf(live).length === 0
  if (publish || isInEffect) return changes
  return changes.map((change) => (isArchivedOnceLive(change) ? { ...change, untilLive: true } : change))
}

/** Tag Manager tells of no change who made it; the latest version is of somebody else, or it tells nothing. */
function versionOfOthers(live: LiveState): Pick<Change, 'who'> {
  const { id, name } = live.version
  return isVersionName(live, name) ? {} : { who: { version: { id, name } } }
}

function contextOf(compiled: readonly Resource[], live: LiveState, options: DiffOptions): DiffContext {
  const { restoreDrift = false, locate, titleOf, adoptions } = options
  const adopts: Adopts = (resource, other) =>
    adoptions?.has(resourceId(resource)) === true || options.adopts?.(resource, other) === true
  const at = (origin: Pointer | undefined): { origin?: Location } => {
    const place = origin === undefined ? undefined : locate?.(origin)
    return place === undefined ? {} : { origin: place }
  }
  const origins = new Map(compiled.map(({ key, origin }) => [key, origin]))
  const partIn = (key: Key): PlanPart => planPartOf(key, origins.get(key), titleOf)
  // What is left of a conversion that has another id now stands under that.
  const renamed = new Map(
    compiled.flatMap(({ key, origin, was = [] }) =>
      was
        .map((old) => planPartOf(old, undefined))
        .filter(({ what }) => what === 'conversion')
        .map(({ id }) => [id, planPartOf(key, origin, titleOf)] as const),
    ),
  )
  const partNow = (part: PlanPart): PlanPart =>
    (part.what === 'conversion' ? renamed.get(part.id) : undefined) ?? part
  // Only where something goes, and then once for all of it.
  let users: Users | undefined
  const usersOf = (): Users => (users ??= usersIn(live.content.entities))
  return {
    owner: live,
    adopts,
    change: ({ resource, ...found }: Found) => ({
      ...found,
      kind: resource.kind,
      key: resource.key,
      name: resource.name,
      ...(found.cause === 'drift' && !restoreDrift ? { held: true } : {}),
      ...(found.cause !== 'plan' && resource.kind.startsWith('gtm/') ? versionOfOthers(live) : {}),
      subject: planPartOf(resource.key, resource.origin, titleOf),
      ...at(resource.origin),
      desired: resource,
      words: [],
    }),
    deletion: (gone: Gone) => ({
      ...gone,
      action: 'delete',
      words: [],
      subject: partNow(partOfUser(gone, planPartOf(gone.key, undefined), usersOf, partIn)),
    }),
  }
}

/** The constant that says which plan this is; its notes hold the plan's list of GA4. */
function isVersionVariable(resource: Resource, plan: string): boolean {
  return resource.kind === 'gtm/variable' && resource.key === versionVariableKey(plan)
}

function withListInNotes(resource: Resource, listed: Listed): Resource {
  return { ...resource, notes: withListed(resource.notes, listed) }
}

function identityOf(resource: Resource): string {
  return `${resource.kind} ${resource.key} ${hashOf(resource)}`
}

/** What a saved change set stands on: one version of the container, and all of GA4's lists. */
function livePart({ container, property, version, ga4 }: LiveState): unknown {
  const lists = GA4_KINDS.map((kind) => {
    const sent = ga4.filter((each) => each.kind === kind).map(({ remote }) => remote.sent)
    return [GA4[kind].collection, sent] as const
  })
  return { container: container.publicId, property, version: version.id, ...Object.fromEntries(lists) }
}

function sha256(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

/** A version holds everything since the published one, other people's unpublished work among it. */
function publishing(
  live: LiveState,
  changes: readonly Change[],
  options: DiffOptions,
): readonly Diagnostic[] {
  if (options.publish !== true || !isDraftWork(changes) || live.published?.id === live.version.id) return []
  const published =
    live.published === undefined ? 'nothing is published yet' : `version ${live.published.id} is live`
  return [
    {
      severity: 'warning',
      code: 'publishes-earlier-versions',
      message: `Publishing puts live whatever came with the versions up to ${live.version.id}, too: ${published}.`,
      fix: 'look at them in GTM first, or apply without --publish',
    },
  ]
}
