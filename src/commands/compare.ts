/** Desired against live: what diff and apply have in common. */
import type { GoogleConnection } from '../google/connection.ts'
import { estimateSeconds } from '../google/quota.ts'
import { pointerOf, type Diagnostic, type Pointer } from '../plan/diagnostic.ts'
import { renderDiagnosticsText } from '../render/diagnostics.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { diff, type DiffOptions } from '../diff/diff.ts'
import type { LiveState } from '../live/live.ts'
import { readLive, withUsesElsewhere } from '../live/read-live.ts'
import type { Io } from './io.ts'
import { refused, type CompiledPlan } from './load-plan.ts'
import { paintOf } from './paint.ts'

export interface CompareOptions {
  readonly restoreDrift?: boolean
  readonly publish?: boolean
  /** Make what changes in words alone by itself, too. */
  readonly words?: boolean
  /** Names of things that exist and are to become the plan's; an empty list means all that are in the way. */
  readonly adopt?: readonly string[]
}

export interface Compared {
  readonly changeSet: ChangeSet
  readonly live: LiveState
}

/** Reads what is live and compares. Throws a Failure with every finding when there is a conflict. */
export async function compare(
  google: GoogleConnection,
  compiled: CompiledPlan,
  options: CompareOptions,
  io: Io,
): Promise<Compared> {
  const { gtm, ga4 } = compiled.plan.environment
  io.progress(`Reading ${gtm.container} and property ${ga4.property}`)
  const read = await readLive(google, {
    plan: compiled.plan.id,
    container: gtm.container,
    property: ga4.property,
    asked: compiled.resources.map(({ kind }) => kind),
  })
  const live = await withOthersAsked(google, read, compiled, options, io)
  io.progress()
  return { changeSet: compareWith(live, compiled, options, io), live }
}

/** Before anything leaves GA4 it is asked who else uses it. */
async function withOthersAsked(
  google: GoogleConnection,
  live: LiveState,
  compiled: CompiledPlan,
  options: CompareOptions,
  io: Io,
): Promise<LiveState> {
  const { changes } = diff(compiled.resources, live, diffOptions(compiled, options)).changeSet
  if (!changes.some(({ kind, action }) => kind.startsWith('ga4/') && action === 'delete')) return live
  io.progress(`Asking the account's other containers who uses what is to leave GA4`)
  return withUsesElsewhere(google, live)
}

/** The same with what was read before, or elsewhere. */
export function compareWith(
  live: LiveState,
  compiled: CompiledPlan,
  options: CompareOptions,
  io: Io,
): ChangeSet {
  const { parsed, resources } = compiled
  const { changeSet, diagnostics } = diff(resources, live, diffOptions(compiled, options))
  const wrongKind = kindProblem(compiled, live)
  // What else differs in a container of another kind is noise.
  const all = compiled.written(
    wrongKind.length > 0 ? wrongKind : [...accountProblem(compiled, live), ...diagnostics],
  )
  if (all.some(({ severity }) => severity === 'error')) throw refused(all, parsed, io)
  if (all.length > 0) io.err(`${renderDiagnosticsText(all, parsed, paintOf(io))}\n`)
  return changeSet
}

function diffOptions(
  { file, plan, parsed }: CompiledPlan,
  { adopt, restoreDrift, publish, words }: CompareOptions,
): DiffOptions {
  return {
    environment: plan.environment.id,
    file,
    restoreDrift: restoreDrift === true,
    publish: publish === true,
    words: words === true,
    ...(adopt && { adopts: ({ name }) => adopt.length === 0 || adopt.includes(name) }),
    locate: parsed.locate,
    titleOf: (pointer) => titleAt(parsed.document, pointer),
    seconds: estimateSeconds,
  }
}

/** What a plan makes runs on web pages only. */
function kindProblem({ plan }: CompiledPlan, { container }: LiveState): Diagnostic[] {
  const { publicId, usageContext } = container
  if (usageContext.length === 0 || usageContext.includes('web')) return []
  return [
    {
      severity: 'error',
      code: 'container-is-for-the-web',
      message: `${publicId} is a container of the kind "${usageContext.join(', ')}"; a plan goes into a container for the web.`,
      fix: 'name the web container, whose kind GTM calls "Web"',
      at: pointerOf('environments', plan.environment.id, 'gtm', 'container'),
    },
  ]
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
