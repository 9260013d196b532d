/**
 * Desired against live. Both are brought into one form first, so that the comparison itself is plain; who moved is
 * told from the hash that each of the plan's things carries (see `three-way.ts`), whose a thing is from its
 * marker (see `live/ownership.ts`). Nothing without the plan's marker gets a change, except what the plan was asked
 * to adopt and what stands in GA4 under the same immutable name.
 */
import { createHash } from 'node:crypto'
import type { Diagnostic, Location, Pointer } from '../plan/diagnostic.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Change, ChangeSet } from '../resources/change-set.ts'
import { hashOf } from '../resources/marker.ts'
import type { Resource } from '../resources/resource.ts'
import { orderChanges } from './order.ts'
import { diffDefinitions, diffKeyEvents } from './diff-ga4.ts'
import { diffGtm, withOwnNamesAsKeys } from './diff-gtm.ts'
import { digestOf } from './digest.ts'
import type { DiffContext, Found, Gone } from './half.ts'
import { withLedger, type LedgerEntry } from '../live/ledger.ts'
import type { LiveState } from '../live/live.ts'
import { matchLive } from './match.ts'
import { ledgersOf } from '../live/ledgers.ts'
import { conflictDiagnostics } from './conflicts.ts'
import { isDraftWork, requestsFor } from './requests.ts'
import { subjectOf } from './subject.ts'

export interface DiffOptions {
  /** The plan's id. */
  readonly plan: string
  readonly environment: string
  /** The plan file as the user named it. */
  readonly file?: string
  /** Undo what was changed by hand, too. */
  readonly restoreDrift?: boolean
  /** Which things that exist already are to become the plan's. */
  readonly adopts?: (resource: Resource) => boolean
  readonly locate?: (pointer: Pointer) => Location | undefined
  readonly titleOf?: (pointer: Pointer) => string | undefined
  /** Whether the new version is to be published: one request more. */
  readonly publish?: boolean
  /** How long so many requests take under the published quota. */
  readonly seconds?: (gtm: number, ga4: number) => number
}

export interface Diff {
  readonly changeSet: ChangeSet
  readonly diagnostics: readonly Diagnostic[]
}

/** What has to change at Google so that it is as desired. */
export function diff(compiled: readonly Resource[], live: LiveState, options: DiffOptions): Diff {
  const context = contextOf(options)
  const named = withOwnNamesAsKeys(compiled)
  const property = live.property.slice('properties/'.length)
  const ledgers = ledgersOf(live.content, options.plan)
  const isHere = (entry: LedgerEntry): boolean => entry.property === property
  const others = new Set(ledgers.others.filter(isHere).map((entry) => entry.event))
  const keyEvents = diffKeyEvents(named, live, ledgers.ours.filter(isHere), others, context)
  const ledger = [...ledgers.ours.filter((entry) => !isHere(entry)), ...keyEvents.ledger]
  const desired = named.map((resource) =>
    isVersionVariable(resource, options.plan) ? listing(resource, ledger) : resource,
  )

  const matches = matchLive(desired, live.content, options.plan, context.adopts)
  const gtm = diffGtm(desired, live.content, matches, context)
  const definitions = diffDefinitions(desired, live, context)
  const halves = [gtm, keyEvents, definitions]
  const changes = orderChanges(halves.flatMap((half) => half.changes))
  const uses = halves.flatMap((half) => half.uses)
  const total = (count: 'unmanaged' | 'owned'): number => halves.reduce((sum, half) => sum + half[count], 0)
  const done = changes.filter((change) => change.held !== true)
  const count = (action: Change['action']): number => done.filter((change) => change.action === action).length
  const touched = changes.filter((change) => change.action !== 'delete').length
  const requests = requestsFor(changes, live, options.publish === true)
  const changeSet = {
    formatVersion: 1,
    plan: options.plan,
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
      held: changes.length - done.length,
      owned: total('owned'),
    },
    requests: { ...requests, seconds: options.seconds?.(requests.gtm, requests.ga4) ?? 0 },
    changes,
    uses,
  } as const
  return {
    changeSet: { ...changeSet, digest: digestOf(changeSet) },
    diagnostics: [
      ...conflictDiagnostics(desired, live.content, matches, options.plan),
      ...halves.flatMap((half) => half.diagnostics),
      ...publishing(live, changes, options),
    ],
  }
}

function contextOf(options: DiffOptions): DiffContext {
  const { plan, restoreDrift = false, locate, titleOf, adopts = () => false } = options
  const at = (origin: Pointer | undefined): { origin?: Location } => {
    const place = origin === undefined ? undefined : locate?.(origin)
    return place === undefined ? {} : { origin: place }
  }
  return {
    plan,
    adopts,
    change: ({ resource, ...found }: Found) => ({
      ...found,
      kind: resource.kind,
      key: resource.key,
      name: resource.name,
      ...(found.cause === 'drift' && !restoreDrift ? { held: true } : {}),
      subject: subjectOf(resource.key, resource.origin, titleOf),
      ...at(resource.origin),
      desired: resource,
    }),
    deletion: (gone: Gone) => ({ ...gone, action: 'delete', subject: subjectOf(gone.key, undefined) }),
  }
}

/** The constant that says which plan this is; its notes hold the list of the plan's key events. */
function isVersionVariable(resource: Resource, plan: string): boolean {
  return resource.kind === 'gtm/variable' && resource.key === `${plan}/version#variable`
}

function listing(resource: Resource, ledger: readonly LedgerEntry[]): Resource {
  return { ...resource, notes: withLedger(resource.notes, ledger) }
}

function identityOf(resource: Resource): string {
  return `${resource.kind} ${resource.key} ${hashOf(resource)}`
}

/** What a saved change set stands on: one version of the container, and all of GA4's lists. */
function livePart(live: LiveState): unknown {
  const { container, property, version, keyEvents, customDimensions, customMetrics } = live
  return {
    container: container.publicId,
    property,
    version: version.id,
    keyEvents,
    customDimensions,
    customMetrics,
  }
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
