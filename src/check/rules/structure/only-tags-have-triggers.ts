import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const onlyTagsHaveTriggers = rule({
  code: 'only-tags-have-triggers',
  severity: 'warning',
  profile: 'recommended',
  title: 'A conversion that no tag collects has no trigger.',
  reason:
    'The trigger would never be made, so whoever reads the plan would believe in something that does not happen.',
  fix: 'remove the trigger, or let a tag collect it.',
  source: 'The plan language',
  *check(places) {
    for (const { at, id, inGa4, tagged, data } of places.conversions) {
      if (tagged || data.trigger === undefined) continue
      const why = inGa4 ? `collectedBy: ${data.collectedBy ?? ''}` : `source: ${data.source ?? ''}`
      yield {
        at: `${at}/trigger`,
        about: 'key',
        message: `${quoted(id)} has a trigger, but ${why} means that no tag collects it.`,
      }
    }
  },
})
