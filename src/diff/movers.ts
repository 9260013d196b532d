/** Who changed by hand what differs, where Google tells it. */
import { isGa4 } from '../kinds/kinds.ts'
import type { LiveState } from '../live/live.ts'
import type { Change, ChangeSet, Mover } from '../resources/change-set.ts'
import { ga4Twin } from './diff-ga4.ts'
import { digestOf } from './digest.ts'

/** How many requests asking takes. */
export const HISTORY_REQUESTS = 2

/** Whether somebody changed it in GA4 since the last apply: its history may know who. */
export function isMovedInGa4({ kind, cause }: Pick<Change, 'kind' | 'cause'>): boolean {
  return kind.startsWith('ga4/') && cause !== 'plan'
}

/** Full names of what was changed in GA4, by which its history knows it. */
export function movedNames({ changes }: ChangeSet, live: LiveState): readonly string[] {
  return changes.flatMap((change) => fullName(change, live) ?? [])
}

/** The change set with who it was; of whom the history says nothing that is said, too: `{}`. */
export function withMovers(
  changeSet: ChangeSet,
  live: LiveState,
  movers: ReadonlyMap<string, Mover>,
): ChangeSet {
  const changes = changeSet.changes.map((change) => {
    const name = fullName(change, live)
    return name === undefined ? change : { ...change, who: movers.get(name) ?? {} }
  })
  const told = { ...changeSet, changes }
  return { ...told, digest: digestOf(told) }
}

function fullName(change: Change, { ga4 }: LiveState): string | undefined {
  if (!isMovedInGa4(change)) return undefined
  const { desired, kind, key } = change
  const there =
    desired !== undefined && isGa4(desired)
      ? ga4Twin(desired, ga4)
      : ga4.find((each) => each.kind === kind && each.key === key)
  return there?.remote.id
}
