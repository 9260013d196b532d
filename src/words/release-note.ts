/** What stands in GA4's reports on the day on which a version went live. */
import type { PlanPart } from '../resources/change-set.ts'

/** What became of one part of the plan. */
export interface Doing {
  readonly subject: Pick<PlanPart, 'what' | 'id'>
  readonly doing: 'new' | 'changed' | 'gone'
}

export interface Release {
  readonly plan: string
  /** The number of the version. */
  readonly version: string
  readonly commit?: string
  readonly isRollback?: boolean
  readonly doings: readonly Doing[]
}

// Google publishes no figure; what stands in a chart is read at a glance anyway.
const TITLE = 60
const DESCRIPTION = 150

/** The note's title and text, each within what GA4 shows: `shop: version 12 live`, `commit 1a2b3c4; new: lead; changed: purchase`. */
export function releaseNote({ plan, version, commit, isRollback, doings }: Release): {
  readonly title: string
  readonly description: string
} {
  const lists = (['new', 'changed', 'gone'] as const).flatMap((doing) => {
    const names = new Set(doings.filter((each) => each.doing === doing).map(({ subject }) => nameOf(subject)))
    return names.size === 0 ? [] : [`${doing}: ${[...names].sort().join(', ')}`]
  })
  const parts = [...(commit === undefined ? [] : [`commit ${commit}`]), ...lists]
  return {
    title: cut(`${plan}: ${isRollback === true ? 'back to version' : 'version'} ${version} live`, TITLE),
    description: cut(parts.join('; '), DESCRIPTION),
  }
}

/** Ids, which stay short; titles may be sentences. */
function nameOf({ what, id }: Doing['subject']): string {
  return what === 'plan' ? 'what the plan shares' : what === 'property' ? 'the property' : id
}

function cut(text: string, most: number): string {
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}
