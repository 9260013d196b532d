/** What a version of the container says about itself: the plan, the commit, and the changes in plan words. */
import { isOf, type Owner } from '../live/live.ts'
import { kindText } from '../kinds/kinds.ts'
import { isMade, type ChangeSet } from '../resources/change-set.ts'
import { groupChanges, planPartText } from '../words/change-words.ts'

export function versionName(plan: string, commit: string | undefined): string {
  return commit === undefined ? plan : `${plan} ${commit}`
}

// Google documents no limit for a description; one of a few pages is read by nobody anyway.
const LONGEST = 4000

/** The last line is how a later run knows the version again. */
export function versionNotes(changeSet: ChangeSet, commit: string | undefined): string {
  const done = changeSet.changes.filter(isMade)
  const lines = groupChanges(done).flatMap(({ subject, changes }) => [
    planPartText(subject),
    ...changes.map((change) => {
      const from = change.previousName === undefined ? '' : ` (was ${change.previousName})`
      return `  ${change.action} ${kindText(change.kind)} ${change.name}${from}`
    }),
  ])
  const text = lines.join('\n')
  const body = text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}\n… (${done.length} changes in all)`
  return `${body}\n${trailer(changeSet.plan, commit)}`
}

function trailer(plan: string, commit: string | undefined): string {
  return `[measurement-plan ${plan}${commit === undefined ? '' : ` ${commit}`}]`
}

/** Whether a version was made for this plan, by its description. */
export function isVersionOf(owner: Owner, description: string): boolean {
  return isOf(owner, trailerOf(description)?.[1] ?? '')
}

/** The commit that a version was made from, where its description says one. */
export function commitOf(description: string): string | undefined {
  return trailerOf(description)?.[2]
}

function trailerOf(description: string): RegExpExecArray | null {
  const last = description.trimEnd().split('\n').at(-1) ?? ''
  return /^\[measurement-plan (\S+)(?: (\S+))?\]$/.exec(last)
}
