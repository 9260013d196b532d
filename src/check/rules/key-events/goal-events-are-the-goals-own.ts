import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const goalEventsAreTheGoalsOwn = rule({
  code: 'goal-events-are-the-goals-own',
  severity: 'error',
  profile: 'minimal',
  title: 'No other conversion sends the event of a goal.',
  reason:
    'A key event is a name: GA4 and Google Ads count everything of that name as the goal, at the full value of the goal.',
  fix: 'give it an event name of its own.',
  source: 'https://support.google.com/analytics/answer/9267568',
  *check(places) {
    for (const { at, id, data, inGa4 } of places.micros) {
      const goal = places.goals.find((each) => each.inGa4 && each.data.event === data.event)
      if (inGa4 && data.event !== undefined && goal !== undefined)
        yield {
          at: `${at}/event`,
          message: `${quoted(id)} sends ${quoted(data.event)}, which is the key event of the goal ${quoted(goal.id)}: each one counts as that goal.`,
        }
    }
    const first = new Map<string, string>()
    for (const { at, id, data, inGa4 } of places.goals) {
      if (!inGa4 || data.event === undefined) continue
      const other = first.get(data.event)
      if (other === undefined) first.set(data.event, id)
      else
        yield {
          at: `${at}/event`,
          // Google recommends one name for several sorts of leads, so this may be meant.
          severity: 'warning',
          message: `The goals ${quoted(other)} and ${quoted(id)} both send ${quoted(data.event)}: GA4 has one key event of that name, so each one counts as both, at one value.`,
          fix: 'give one of them an event name of its own, or make them one goal.',
        }
    }
  },
})
