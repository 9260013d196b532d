import { METHOD, rule } from '../../rule.ts'
import { and } from '../../../words/counting.ts'

export const plansAreReviewed = rule({
  code: 'plans-are-reviewed',
  severity: 'warning',
  profile: 'recommended',
  title: 'A plan says how often it is looked at.',
  reason: 'Scorecard weekly, targets monthly, plan quarterly: what has no date is not done.',
  fix: 'add `review: { scorecard: weekly, targets: monthly, plan: quarterly }`.',
  source: METHOD,
  catalogue: ['L-G02'],
  *check(places) {
    const { review } = places.plan
    const missing = (['scorecard', 'targets', 'plan'] as const).filter((part) => review?.[part] === undefined)
    if (review === undefined)
      yield {
        at: '/plan',
        about: 'key',
        absent: 'review',
        message: 'The plan does not say how often it is reviewed.',
      }
    else if (missing.length > 0)
      yield {
        at: '/review',
        restsOn: ['/review'],
        about: 'key',
        message: `The review leaves out ${and(missing)}.`,
      }
  },
})
