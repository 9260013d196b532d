/** The entities that a plan takes in as they are, each with its place. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import { ENTITY_LISTS, type EntityList } from '../plan/entities.ts'
import type { PlanDocument } from '../plan/plan-types.ts'

export interface EntityView {
  readonly list: EntityList
  /** Which of the plan's files it stands in. */
  readonly file: number
  readonly at: Pointer
  /** Whatever stands there. */
  readonly entity: unknown
}

/** Those of the files that could be read. */
export function entitiesIn({ entities = [] }: PlanDocument): readonly EntityView[] {
  return entities.flatMap((file, index) => {
    if (typeof file !== 'object') return []
    return ENTITY_LISTS.flatMap((list): EntityView[] => {
      const items = (file.containerVersion as { readonly [list: string]: unknown })[list]
      if (!Array.isArray(items)) return []
      const at = pointerOf('entities', index, 'containerVersion', list)
      return items.map((entity, place) => ({ list, file: index, at: at + pointerOf(place), entity }))
    })
  })
}
