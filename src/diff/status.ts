/** In which state a plan is on one environment, from what diff and publish would say of it. */
import type { LiveState } from '../live/live.ts'
import { isMade, type ChangeSet } from '../resources/change-set.ts'
import { unpublishedOf } from './publication.ts'

export type State = 'in step' | 'never applied' | 'behind' | 'drifted' | 'unpublished' | 'conflict'

export interface Status {
  /** More than one may hold; `in step` stands alone. */
  readonly states: readonly State[]
  /** Changes that apply would make, drift that it would overwrite included. */
  readonly behind: number
  /** Things of the plan's own that were changed by hand. */
  readonly drifted: number
  /** Things of the plan's own in the latest version that are not so on the live site. */
  readonly unpublished: number
}

/** @param hasConflict something is in the way at Google, which diff tells */
export function statusOf(changeSet: ChangeSet, live: LiveState, hasConflict: boolean): Status {
  const { changes, summary } = changeSet
  const behind = changes.filter((change) => isMade(change) || change.untilLive === true).length
  const drifted = changes.filter(({ cause, held }) => held === true || cause !== 'plan').length
  const unpublished = unpublishedOf(live).length
  const isNew = summary.owned === 0 && behind > 0
  const states: State[] = [
    ...(hasConflict ? (['conflict'] as const) : []),
    ...(isNew ? (['never applied'] as const) : []),
    ...(behind > 0 && !isNew ? (['behind'] as const) : []),
    ...(drifted > 0 ? (['drifted'] as const) : []),
    ...(unpublished > 0 ? (['unpublished'] as const) : []),
  ]
  return { states: states.length === 0 ? ['in step'] : states, behind, drifted, unpublished }
}
