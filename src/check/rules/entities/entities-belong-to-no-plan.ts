import { isTakenIn, partsOf } from '../../../resources/key.ts'
import { parseNotes } from '../../../resources/marker.ts'
import { entitiesIn, templatesIn } from '../../entities.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const entitiesBelongToNoPlan = rule({
  code: 'entities-belong-to-no-plan',
  severity: 'error',
  profile: 'minimal',
  title: 'What a plan takes in as it is has not been made by a plan.',
  reason:
    'A plan makes its own things already: taken in from an export of the container, each of them would be there twice, and count twice.',
  fix: 'take it out of the file; `plan import --rest` writes one without what plans have made.',
  source: 'The plan language',
  *check({ plan }) {
    const ids = [plan.plan, plan.was]
    const templates = templatesIn(plan).map((each) => ({ ...each, list: 'template' }))
    for (const { list, at, entity } of [...entitiesIn(plan), ...templates]) {
      const { name, notes, templateData } = fieldsOf(entity)
      const text = notes ?? templateData
      const key = typeof text === 'string' ? parseNotes(text).marker?.key : undefined
      if (key === undefined) continue
      const owner = partsOf(key).plan
      // What was taken in before is exported with the plan's own mark.
      if (ids.includes(owner) && isTakenIn({ key })) continue
      yield {
        at,
        about: 'key',
        message: `The ${list} ${quoted(String(name))} was made by the plan ${quoted(owner)}.`,
      }
    }
  },
})

function fieldsOf(value: unknown): { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [field: string]: unknown }) : {}
}
