/** What text and Markdown say in the same words. */
import type { FieldChange } from '../resources/change-set.ts'
import type { Kind } from '../resources/resource.ts'
import type { Effect, LimitUse, PlanChange, ResourceChange } from '../review/review.ts'

const KINDS: { readonly [K in Kind]: readonly [one: string, many: string] } = {
  'gtm/built-in-variable': ['built-in variable', 'built-in variables'],
  'gtm/folder': ['folder', 'folders'],
  'gtm/variable': ['variable', 'variables'],
  'gtm/trigger': ['trigger', 'triggers'],
  'gtm/tag': ['tag', 'tags'],
  'ga4/custom-dimension': ['custom dimension', 'custom dimensions'],
  'ga4/custom-metric': ['custom metric', 'custom metrics'],
  'ga4/key-event': ['key event', 'key events'],
}

export function kindWords(kind: Kind, count = 1): string {
  return KINDS[kind][count === 1 ? 0 : 1]
}

/** `micro conversion in Awareness, was newsletter_signup, moved from Decision`; `say` prints what the plan wrote. */
export function subjectWords(
  change: PlanChange,
  title: (words: string) => string,
  id: (words: string) => string,
): string {
  const { action, subject, stage, previousId, movedFrom } = change
  return [
    `${action === 'changed' ? '' : `${action === 'added' ? 'new' : 'removed'} `}${subject}${stage === undefined ? '' : ` in ${title(stage)}`}`,
    ...(movedFrom === undefined ? [] : [`moved from ${title(movedFrom)}`]),
    ...(previousId === undefined ? [] : [`was ${id(previousId)}`]),
  ].join(', ')
}

/** `1 created, 20 updated, 3 renamed and 3 deleted`. */
export function countsOf({ changes }: Effect): string {
  const words = { create: 'created', update: 'updated', rename: 'renamed', delete: 'deleted' } as const
  const parts = (Object.keys(words) as (keyof typeof words)[]).flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length
    return count === 0 ? [] : [`${count} ${words[action]}`]
  })
  const notes = changes.filter(isNotesOnly).length
  return `${and(parts)}${notes === 0 ? '' : ` (${notes} in nothing but their notes)`}`
}

/** Owner, target, or the plan's place: what the visitor's browser does stays as it is. */
function isNotesOnly({ action, fields }: ResourceChange): boolean {
  return action === 'update' && fields.length > 0 && fields.every(({ path }) => path === 'notes')
}

/** `key events: 5 of 30 (4 before), 25 left`. */
export function limitWords({ what, limit, before, after }: LimitUse): string {
  const left = limit - after
  const was = before === after ? '' : ` (${before} before)`
  return `${what}: ${after} of ${limit}${was}, ${left >= 0 ? `${left} left` : `${-left} too many`}`
}

/** Said with every list of limits. */
export const LIMITS_NOTE = 'of this plan alone; what others made in the property counts too'

export function fieldValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
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

/** `staging`, `staging and production`. */
export function and(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}
