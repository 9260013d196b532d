import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const onlyTagsAreSentOn = rule({
  code: 'only-tags-are-sent-on',
  severity: 'error',
  profile: 'always',
  title: 'What goes to another destination is collected by a tag of the plan.',
  reason:
    "A destination's tag fires on the trigger that the conversion has; where GA4 itself or the site collects it there is none.",
  fix: 'remove `send`, or collect the conversion with a trigger.',
  source: 'The plan language',
  *check(places) {
    for (const { id, at, tagged, data } of places.conversions) {
      if (tagged || data.send === undefined || Object.values(data.send).every((said) => said === false))
        continue
      yield {
        at: `${at}/send`,
        about: 'key',
        message: `${quoted(id)} has no tag of the plan, so nothing would be sent.`,
      }
    }
  },
})
