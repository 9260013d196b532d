import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const goalsAreNotPaused = rule({
  code: 'goals-are-not-paused',
  severity: 'warning',
  profile: 'recommended',
  title: 'What the plan counts on is not paused.',
  reason:
    'A paused tag sends nothing: targets, weights and key events that rest on it fall to zero without anything being wrong.',
  fix: 'remove `paused`, or remove the conversion once nobody needs it.',
  source: 'https://support.google.com/tagmanager/answer/6103657',
  *check(places) {
    for (const { at, data, keyEvent, tagged, title } of places.conversions) {
      if (data.paused === true && tagged && keyEvent)
        yield {
          at: `${at}/paused`,
          about: 'key',
          message: `${quoted(title)} is a key event, and its tag is paused.`,
        }
    }
  },
})
