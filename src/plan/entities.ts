/** Entities that a plan takes in as they are, out of the files that it names. */
import { pointerOf, type Pointer } from './diagnostic.ts'
import type { PlanDocument } from './plan-types.ts'

/** GTM's names of the lists in an export that a plan takes in, in the order in which they refer to one another. */
export const ENTITY_LISTS = ['folder', 'variable', 'trigger', 'tag'] as const
export type EntityList = (typeof ENTITY_LISTS)[number]

/** A file of entities, in the casing of GTM's export. */
export interface EntityFile {
  readonly at: Pointer
  readonly lists: { readonly [L in EntityList]: readonly TakenEntity[] }
  /** Templates of tags and variables that the entities need; a plan writes none. */
  readonly templates: readonly TakenEntity[]
}

export interface TakenEntity {
  readonly at: Pointer
  readonly fields: { readonly name: string; readonly [field: string]: unknown }
}

/** What is none is left out: a review looks at plans that the check refuses. */
export function entityFilesOf({ entities = [] }: PlanDocument): readonly EntityFile[] {
  return entities.flatMap((file, index): EntityFile[] => {
    if (typeof file !== 'object') return []
    const version = (file.containerVersion ?? {}) as { readonly [list: string]: unknown }
    const at = pointerOf('entities', index)
    const listed = (list: string): readonly TakenEntity[] => {
      const items = version[list]
      return (Array.isArray(items) ? (items as readonly unknown[]) : []).flatMap((fields, place) =>
        isNamed(fields) ? [{ at: at + pointerOf('containerVersion', list, place), fields }] : [],
      )
    }
    const lists = {
      folder: listed('folder'),
      variable: listed('variable'),
      trigger: listed('trigger'),
      tag: listed('tag'),
    }
    return [{ at, lists, templates: listed('customTemplate') }]
  })
}

function isNamed(fields: unknown): fields is TakenEntity['fields'] {
  return typeof fields === 'object' && fields !== null && 'name' in fields && typeof fields.name === 'string'
}
