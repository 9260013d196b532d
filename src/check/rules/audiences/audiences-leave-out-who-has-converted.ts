import { pointerOf } from '../../../plan/diagnostic.ts'
import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { or } from '../../../words/counting.ts'

export const audiencesLeaveOutWhoHasConverted = rule({
  code: 'audiences-leave-out-who-has-converted',
  severity: 'warning',
  profile: 'strict',
  title: 'An audience of micro conversions leaves out who has reached the goal.',
  reason:
    'Whoever took a step towards a goal is worth reminding of it; whoever has reached it would be asked to buy the same again.',
  fix: 'add the goal under `didNot`, or accept it under `ignore` where that is meant.',
  source: METHOD,
  catalogue: ['L-A01'],
  *check(places) {
    const goals = new Set(places.goals.map(({ id }) => id))
    for (const { id, at, audience } of places.audiences) {
      const { did = [], inOrder = [], didNot } = audience
      const steps = [...did, ...inOrder]
      if (didNot !== undefined || steps.length === 0 || steps.some((step) => goals.has(step))) continue
      const fed = places.micros
        .filter((micro) => steps.includes(micro.id))
        .flatMap(({ data }) => data.feeds ?? [])
      if (fed.length > 0)
        yield {
          at: at + pointerOf(did.length > 0 ? 'did' : 'inOrder'),
          about: 'key',
          message: `${quoted(id)} holds who has reached ${or([...new Set(fed)])}, too.`,
          absent: 'didNot',
        }
    }
  },
})
