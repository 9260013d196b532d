import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const incentivesAreWatched = rule({
  code: 'incentives-are-watched',
  severity: 'warning',
  profile: 'recommended',
  title: 'What is done for an incentive feeds a goal with a guardrail.',
  reason:
    'Who is paid for a step takes it without wanting what follows; the goal shows it, if something there must not fall.',
  fix: 'add a `guardrail` to a goal that it feeds.',
  source: METHOD,
  *check(places) {
    const guarded = new Set(
      places.goals.filter(({ data }) => data.guardrail !== undefined).map(({ id }) => id),
    )
    for (const { id, tier, at, data } of places.conversions) {
      const goals = tier === 'goal' ? [id] : (data.feeds ?? [])
      if (data.incentive !== undefined && !goals.some((goal) => guarded.has(goal)))
        yield {
          at: `${at}/incentive`,
          restsOn: ['/goals'],
          message: `Visitors are given something for ${quoted(id)}, and no guardrail watches what comes of it.`,
        }
    }
  },
})
