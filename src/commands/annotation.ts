/** What is written into GA4's reports when a version goes live, where the plan asks for it. */
import { dayIn, type Day } from '../apply/annotate.ts'
import { isMade, type ChangeSet } from '../resources/change-set.ts'
import type { Publication } from '../resources/publication.ts'
import { groupChanges, isNew } from '../words/change-words.ts'
import type { Doing } from '../words/release-note.ts'
import type { Io } from './io.ts'
import type { LoadedPlan } from './load-plan.ts'
import { planPartsOf } from './plan-parts.ts'

export interface Annotation {
  readonly day: Day
  readonly doings: readonly Doing[]
}

/** Undefined where the plan asks for none. The day is that of the property: as the plan states it, else of the plan. */
export function annotationOf(
  { plan }: LoadedPlan,
  doings: readonly Doing[],
  io: Pick<Io, 'now'>,
): Annotation | undefined {
  const { annotate, timezone = plan.timezone } = plan.property
  return annotate === undefined ? undefined : { day: dayIn(io.now(), timezone), doings }
}

/** What goes live, by the parts of the plan: what earlier versions hold, and what this run changes. */
export function doingsOf(
  { ours }: Publication,
  loaded: LoadedPlan,
  changeSet?: Pick<ChangeSet, 'changes'>,
): readonly Doing[] {
  const planPartOf = planPartsOf(loaded)
  const waiting = ours.map(({ key = '', status }): Doing => ({
    subject: planPartOf(key),
    doing: DOINGS[status],
  }))
  const now = groupChanges((changeSet?.changes ?? []).filter(isMade)).map(({ subject, changes }): Doing => {
    const isGone = changes.every(({ action }) => action === 'delete')
    return { subject, doing: isNew(changes) ? 'new' : isGone ? 'gone' : 'changed' }
  })
  const told = new Set(now.map(({ subject }) => `${subject.what} ${subject.id}`))
  return [...now, ...waiting.filter(({ subject }) => !told.has(`${subject.what} ${subject.id}`))]
}

const DOINGS = { added: 'new', changed: 'changed', deleted: 'gone' } as const
