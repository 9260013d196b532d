import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const goalsAreFed = rule({
  code: 'goals-are-fed',
  severity: 'warning',
  profile: 'recommended',
  title: 'Every goal is fed by micro conversions.',
  reason:
    'A goal that nothing leads to is only counted after the fact; the plan says nothing about how to get more of it.',
  fix: 'add it to the `feeds` of the micro conversions that lead to it, or drop the goal.',
  source: METHOD,
  catalogue: ['L-P03'],
  *check(places) {
    const ids = places.goals.map((goal) => goal.id)
    // A misspelt goal has been reported; it is most likely this one.
    if (
      places.micros.some(({ data }) => data.feeds === undefined || data.feeds.some((id) => !ids.includes(id)))
    )
      return
    const fed = new Set(places.micros.flatMap((micro) => micro.data.feeds ?? []))
    for (const { id, at } of places.goals) {
      if (!fed.has(id))
        yield { at, about: 'key', restsOn: ['/stages'], message: `No micro conversion feeds ${quoted(id)}.` }
    }
  },
})
