import { METHOD, rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'
import { or } from '../../../words/counting.ts'

export const feedsNameGoals = rule({
  code: 'feeds-name-goals',
  severity: 'error',
  profile: 'always',
  title: 'A micro conversion feeds goals that exist.',
  reason:
    'A micro conversion has its worth from the goal it leads to; without one it is a number that nobody can act on.',
  fix: 'name one of the goals under `goals`.',
  source: METHOD,
  catalogue: ['L-P02'],
  *check(places) {
    const ids = places.goals.map((goal) => goal.id)
    for (const micro of places.micros) {
      for (const [index, id] of (micro.data.feeds ?? []).entries()) {
        if (ids.includes(id)) continue
        if (ids.length === 0) continue
        const meant = didYouMean(id, ids)
        const isMicro = places.micros.some((other) => other.id === id)
        const fix = meant !== undefined ? `did you mean ${quoted(meant)}?` : `write ${or(ids)}.`
        const why = isMicro ? 'that is a micro conversion' : 'there is no such goal'
        yield {
          at: micro.at + pointerOf('feeds', index),
          message: `${quoted(micro.id)} feeds ${quoted(id)}, but ${why}.`,
          fix,
        }
      }
    }
  },
})
