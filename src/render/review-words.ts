/** What text and Markdown say in the same words. */
import { withoutKeys } from '../resources/key.ts'
import { and } from '../words/counting.ts'
import type { FieldChange } from '../resources/change-set.ts'
import type { Kind } from '../resources/resource.ts'
import type {
  Consequence,
  Effect,
  LimitUse,
  PlanChange,
  PlanReview,
  ResourceChange,
} from '../review/review.ts'
import { isLeftByApply, isNotesOnly } from '../review/words-only.ts'

/** `micro conversion in Awareness, was newsletter_signup, moved from Decision`; `say` prints what the plan wrote. */
export function subjectWords(
  change: PlanChange,
  title: (words: string) => string,
  id: (words: string) => string,
): string {
  const { action, subject, stage, previousId, movedFrom } = change
  if (subject === 'as it is')
    return `${action === 'changed' ? '' : `${action === 'added' ? 'new' : 'removed'} `}${change.id}, taken in as it is`
  return [
    `${action === 'changed' ? '' : `${action === 'added' ? 'new' : 'removed'} `}${subject}${stage === undefined ? '' : ` in ${title(stage)}`}`,
    ...(movedFrom === undefined ? [] : [`moved from ${title(movedFrom)}`]),
    ...(previousId === undefined ? [] : [`was ${id(previousId)}`]),
  ].join(', ')
}

/** `1 created, 20 updated, 3 renamed and 3 deleted`. */
export function countsOf(effect: Effect): string {
  const { changes } = effect
  const words = { create: 'created', update: 'updated', rename: 'renamed', delete: 'deleted' } as const
  const parts = (Object.keys(words) as (keyof typeof words)[]).flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length
    return count === 0 ? [] : [`${count} ${words[action]}`]
  })
  const notes = changes.filter(isNotesOnly).length
  const when = isLeftByApply(effect) ? ': with the next change, or with --words' : ''
  return `${and(parts)}${notes === 0 ? '' : ` (${notes} in nothing but their notes${when})`}`
}

/** `key events: 5 of 30 (4 before), 25 left`. */
export function limitWords({ what, limit, before, after }: LimitUse): string {
  const left = limit - after
  const was = before === after ? '' : ` (${before} before)`
  return `${what}: ${after} of ${limit}${was}, ${left >= 0 ? `${left} left` : `${-left} too many`}`
}

/** A consequence, and the environments it holds in; none named when it holds in all that the review is about. */
export interface ConsequenceWords extends Consequence {
  readonly environments: readonly string[]
}

/** Each once, what cannot be undone first, then what is dangerous, then the rest. */
export function consequencesIn({ effects }: PlanReview): ConsequenceWords[] {
  const all = effects.flatMap(({ environments }) => environments)
  const told = new Map<string, { readonly one: Consequence; readonly where: Set<string> }>()
  for (const { environments, consequences } of effects) {
    for (const one of consequences) {
      const { where } = told.get(one.text) ?? { where: new Set() }
      told.set(one.text, { one, where: new Set([...where, ...environments]) })
    }
  }
  return [...told.values()]
    .map(({ one, where }) => ({ ...one, environments: where.size === all.length ? [] : [...where] }))
    .sort((a, b) => urgency(a) - urgency(b))
}

function urgency({ irreversible, dangerous }: Consequence): number {
  return irreversible ? 0 : dangerous ? 1 : 2
}

/** Of this many new things or more, what each is stands in a fold or behind --verbose. */
const MANY = 10

/** The new things of a review that are many, told by name only; and the rest, told field by field. */
export function foldedAdditions(changes: readonly PlanChange[]): {
  readonly told: readonly PlanChange[]
  readonly folded: readonly PlanChange[]
} {
  const added = changes.filter(({ action }) => action === 'added')
  return added.length < MANY
    ? { told: changes, folded: [] }
    : { told: changes.filter(({ action }) => action !== 'added'), folded: added }
}

/** Said with every list of limits. */
export const LIMITS_NOTE = 'of this plan alone; what others made in the property counts too'

export function fieldValue(value: unknown): string {
  return withoutKeys(typeof value === 'string' ? value : JSON.stringify(value))
}

/** Changes that do the same to several things of one kind, told once. */
export interface Together {
  readonly action: ResourceChange['action']
  readonly kind: Kind
  readonly changes: readonly ResourceChange[]
  readonly fields: readonly FieldChange[]
}

export function together(changes: readonly ResourceChange[]): Together[] {
  const groups = new Map<string, ResourceChange[]>()
  for (const change of changes) {
    const { action, kind, fields } = change
    const same = JSON.stringify(
      action === 'rename' ? [action, change.key] : [action, kind, isNotesOnly(change) ? 'notes' : fields],
    )
    const group = groups.get(same) ?? []
    groups.set(same, group)
    group.push(change)
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const fields = group.length > 1 && isNotesOnly(first) ? [{ path: 'notes' }] : first.fields
    return [{ action: first.action, kind: first.kind, changes: group, fields }]
  })
}
