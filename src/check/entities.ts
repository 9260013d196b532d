/** The entities that a plan takes in as they are, each with its place. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import { ENTITY_LISTS, type EntityList } from '../plan/entities.ts'
import type { PlanDocument } from '../plan/plan-types.ts'

export interface EntityPlace {
  readonly list: EntityList
  /** Which of the plan's files it stands in. */
  readonly file: number
  readonly at: Pointer
  /** Whatever stands there. */
  readonly entity: unknown
}

/** Those of the files that could be read. */
export function entitiesIn({ entities = [] }: PlanDocument): readonly EntityPlace[] {
  return entities.flatMap((file, index) => {
    if (typeof file !== 'object') return []
    return ENTITY_LISTS.flatMap((list) => listIn(file, index, list).map((each) => ({ ...each, list })))
  })
}

/** The templates in them. */
export function templatesIn({ entities = [] }: PlanDocument): readonly Omit<EntityPlace, 'list'>[] {
  return entities.flatMap((file, index) =>
    typeof file === 'object' ? listIn(file, index, 'customTemplate') : [],
  )
}

function listIn(file: object, index: number, list: string): readonly Omit<EntityPlace, 'list'>[] {
  const { containerVersion } = file as { readonly containerVersion?: { readonly [list: string]: unknown } }
  const items = containerVersion?.[list]
  if (!Array.isArray(items)) return []
  const at = pointerOf('entities', index, 'containerVersion', list)
  return items.map((entity: unknown, place) => ({ file: index, at: at + pointerOf(place), entity }))
}
