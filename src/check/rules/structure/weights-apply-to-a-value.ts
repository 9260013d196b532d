import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { or } from '../../../words/counting.ts'

export const weightsApplyToAValue = rule({
  code: 'weights-apply-to-a-value',
  severity: 'warning',
  profile: 'recommended',
  title: 'A weight has a goal with a value to be a share of.',
  reason:
    'Weight times value is what one micro conversion is worth; of a goal without a value it is nothing.',
  fix: 'add `value` to the goal, or give the micro conversion a value of its own.',
  source: METHOD,
  catalogue: ['L-P08'],
  *check(places) {
    for (const { id, at, data } of places.micros) {
      const fed = places.goals.filter((goal) => data.feeds?.includes(goal.id))
      if (data.weight === undefined || data.value !== undefined || fed.length === 0) continue
      if (fed.every((goal) => goal.data.value === undefined))
        yield {
          at: `${at}/weight`,
          about: 'key',
          restsOn: fed.map((goal) => `${goal.at}/value`),
          message: `${quoted(id)} has a weight, but ${or(fed.map((goal) => quoted(goal.id)))} has no value.`,
        }
    }
  },
})
