import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const taggedConversionsHaveATrigger = rule({
  code: 'tagged-conversions-have-a-trigger',
  severity: 'error',
  profile: 'always',
  title: 'A conversion that a tag collects says when it happens.',
  reason: 'A tag without a trigger never fires.',
  fix: 'add `trigger`, or say with `source` or `collectedBy` who else collects it.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  *check(places) {
    for (const { at, id, tagged, data } of places.conversions) {
      if (tagged && data.trigger === undefined)
        yield {
          at,
          about: 'key',
          absent: 'trigger',
          message: `${quoted(id)} is collected by a tag, but has no trigger.`,
        }
    }
  },
})
