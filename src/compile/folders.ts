import type { Pointer } from '../plan/diagnostic.ts'
import type { Conversion, Plan } from '../plan/plan.ts'
import type { Key } from '../resources/resource.ts'
import { keyOf, refTo, type PlannedEntity, type PlannedResource } from './planned-entity.ts'
import { planNotes } from './notes.ts'

const GOALS_FOLDER = 'all-goals'
export const SHARED_FOLDER = 'shared-things'

/** The folder that a conversion's tag and triggers lie in. */
export function folderOf(plan: Plan, conversion: Conversion): Key {
  return keyOf(plan, conversion.tier === 'goal' ? GOALS_FOLDER : conversion.stage, 'folder')
}

/** What everything has that serves the whole plan. @param origin the place of the plan that asks for it */
export function ofWholePlan(plan: Plan, origin: Pointer): Pick<PlannedEntity, 'notes' | 'origin' | 'folder'> {
  return { notes: planNotes(plan), origin, folder: refTo(keyOf(plan, SHARED_FOLDER, 'folder')) }
}

/** One folder for each stage that has a tag, one for the goals, one for what all of them share. */
export function compileFolders(plan: Plan): PlannedResource<'gtm/folder'>[] {
  const folder = (id: string, title: string, origin: string, was?: string): PlannedResource<'gtm/folder'> => {
    const key = keyOf(plan, id, 'folder')
    return {
      kind: 'gtm/folder',
      key,
      naming: {
        pattern: plan.naming.folder ?? '{title}',
        values: { title, id, plan: plan.id, stage: id },
        id,
      },
      resource: {
        kind: 'gtm/folder',
        key,
        ...(was === undefined ? {} : { was: [keyOf(plan, was, 'folder')] }),
        spec: { other: {} },
        notes: planNotes(plan),
        origin,
      },
    }
  }
  const hasTag = (conversion: Conversion): boolean => conversion.trigger !== undefined
  return [
    ...plan.stages
      .filter((stage) => stage.micros.some(hasTag))
      .map((stage) => folder(stage.id, stage.title, stage.at, stage.was)),
    ...(plan.goals.some(hasTag) ? [folder(GOALS_FOLDER, 'Goals', '/goals')] : []),
    folder(SHARED_FOLDER, 'Shared', ''),
  ]
}
