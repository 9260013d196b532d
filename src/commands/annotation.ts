/** What is written into GA4's reports when a version goes live, where the plan asks for it. */
import { dayIn, type Day } from '../apply/annotate.ts'
import { isMade, type Change, type ChangeSet } from '../resources/change-set.ts'
import type { Publication } from '../resources/publication.ts'
import { groupChanges, isGoing, isNew } from '../words/change-words.ts'
import type { Doing } from '../words/release-note.ts'
import type { Io } from './io.ts'
import type { LoadedPlan } from './load-plan.ts'

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
export function doingsOf({ ours }: Publication, changeSet?: Pick<ChangeSet, 'changes'>): readonly Doing[] {
  const now = doings((changeSet?.changes ?? []).filter(isMade))
  const told = new Set(now.map(partId))
  return [...now, ...doings(ours).filter((each) => !told.has(partId(each)))]
}

function doings(all: readonly Change[]): readonly Doing[] {
  return groupChanges(all).map((group): Doing => ({
    subject: group.subject,
    doing: isNew(group.changes) ? 'new' : isGoing(group) ? 'gone' : 'changed',
  }))
}

function partId({ subject: { what, id } }: Doing): string {
  return `${what} ${id}`
}
