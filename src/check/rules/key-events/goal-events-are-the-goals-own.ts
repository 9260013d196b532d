import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const goalEventsAreTheGoalsOwn = rule({
  code: 'goal-events-are-the-goals-own',
  severity: 'error',
  profile: 'minimal',
  title: 'No micro conversion sends the event of a goal.',
  reason:
    'A key event is a name: GA4 and Google Ads count everything of that name as the goal, at the full value of the goal.',
  fix: 'give it an event name of its own.',
  source: 'https://support.google.com/analytics/answer/9267568',
  *check(view) {
    for (const { at, id, data, inGa4 } of view.micros) {
      const goal = view.goals.find((each) => each.inGa4 && each.data.event === data.event)
      if (inGa4 && data.event !== undefined && goal !== undefined)
        yield {
          at: `${at}/event`,
          message: `${quoted(id)} sends ${quoted(data.event)}, which is the key event of the goal ${quoted(goal.id)}: each one counts as that goal.`,
        }
    }
  },
})
