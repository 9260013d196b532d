/** What of a container is not in the plan, each with the reason. */
import { tagType } from '../destinations/kinds.ts'
import type { LeftOut } from '../lift/left-out.ts'
import type { ReadContainer, ReadEntity } from '../lift/read-container.ts'
import { variablesIn } from '../resources/braces.ts'
import type { TagSpec } from '../resources/resource.ts'
import type { Why } from './conversion.ts'
import type { VendorTag } from './vendor-tags.ts'

/** GA4 event tags that are not in the plan. */
export function leftOutOf(
  tags: readonly ReadEntity<TagSpec>[],
  refused: ReadonlyMap<ReadEntity<TagSpec>, Why>,
): LeftOut[] {
  return tags.flatMap((tag): LeftOut[] => {
    const why = refused.get(tag)
    return why === undefined ? [] : [{ kind: 'tag', name: tag.name, ...why }]
  })
}

/** Everything else that is not in the plan. */
export function othersOf(
  container: ReadContainer,
  taken: ReadonlySet<ReadEntity<TagSpec>>,
  refused: ReadonlyMap<ReadEntity<TagSpec>, Why>,
  vendorTags: readonly VendorTag[],
): LeftOut[] {
  const loaders = new Set(vendorTags.map(({ tag }) => tag))
  return [
    ...container.tags
      .filter((tag) => tag.spec.type !== 'gaawe' && !taken.has(tag))
      .map((tag): LeftOut => {
        const { name, spec } = tag
        // A vendor's tag that nothing speaks against loads what the plan sends nothing to, or takes as loaded.
        const why = refused.get(tag) ?? (loaders.has(tag) ? STAYS : undefined)
        return {
          kind: 'tag',
          name,
          code: why?.code ?? 'not-a-ga4-event',
          reason:
            why === undefined
              ? `it is ${typeWords(spec.type)}, not a GA4 event`
              : `it is ${typeWords(spec.type)}, and ${why.reason}`,
        }
      }),
    ...unusedOf(container, taken),
    ...container.broken,
  ]
}

const STAYS: Why = {
  code: 'loader-stays',
  reason: 'it loads that vendor, which the plan leaves where it is',
}

/** Triggers and variables that only other things use, or nothing at all. */
function unusedOf(container: ReadContainer, taken: ReadonlySet<ReadEntity<TagSpec>>): LeftOut[] {
  const triggers = new Map(container.triggers.map(({ id, spec }) => [`#${id}`, spec]))
  const variables = new Map(container.variables.map(({ name, spec }) => [name, spec]))
  const used = new Set<string>()
  const use = (value: unknown): void => {
    if (typeof value === 'string') for (const name of variablesIn(value)) used.add(`variable ${name}`)
    else if (typeof value === 'object' && value !== null)
      for (const [field, each] of Object.entries(value))
        if (field === '$trigger' && typeof each === 'string') used.add(`trigger ${each}`)
        else use(each)
  }
  for (const { spec } of taken) {
    use(spec)
    for (const ref of [...spec.firingTriggers, ...spec.blockingTriggers]) used.add(`trigger ${ref}`)
  }
  // What is added meanwhile is walked, too: a chain may be as long as the file.
  for (const each of used) {
    const name = each.slice(each.indexOf(' ') + 1)
    use(each.startsWith('variable ') ? variables.get(name) : triggers.get(name))
  }
  const reason = 'no tag that is in the plan uses it'
  return [
    ...container.triggers
      .filter(({ id }) => !used.has(`trigger #${id}`))
      .map(({ name }): LeftOut => ({ kind: 'trigger', name, code: 'not-used-by-the-plan', reason })),
    ...container.variables
      .filter(({ name }) => !used.has(`variable ${name}`))
      .map(({ name }): LeftOut => ({ kind: 'variable', name, code: 'not-used-by-the-plan', reason })),
    ...container.others
      .filter(({ kind }) => kind !== 'folder')
      .map(({ kind, name }): LeftOut => ({
        kind: kind === 'template' ? 'template' : 'other',
        name,
        code: 'not-written-by-a-plan',
        reason: `a plan writes nothing of this kind (${kind})`,
      })),
  ]
}

/** What a tag of this type is, in words. */
export function typeWords(type: string): string {
  return type.startsWith('cvt_')
    ? 'a tag of a template'
    : (tagType(type)?.words ?? TYPES[type] ?? `a tag of the type ${type}`)
}

/** Types that are no vendor's. */
const TYPES: { readonly [type: string]: string | undefined } = {
  ua: 'a Universal Analytics tag, for which Google collects nothing any more',
  html: 'custom HTML',
  gaawc: 'a GA4 configuration tag of the kind before 2023',
}
