import { CURRENCIES } from '../../../facts/currencies.ts'
import { METHOD, rule } from '../../rule.ts'

export const eventsUseThePlansCurrency = rule({
  code: 'events-use-the-plans-currency',
  severity: 'warning',
  profile: 'recommended',
  title: "Events carry the plan's currency.",
  reason:
    'Values, targets and weights of the plan are in one currency; an event in another cannot be compared with them.',
  fix: "send the plan's currency, or read it from the data layer.",
  source: METHOD,
  catalogue: ['L-D02'],
  *check(places) {
    for (const { at, name, source, use } of places.sources) {
      if (
        name === 'currency' &&
        use !== 'condition' &&
        typeof source === 'string' &&
        places.plan.currency !== undefined &&
        source !== places.plan.currency &&
        CURRENCIES.has(source)
      )
        yield { at, message: `The event is in ${source}, the plan in ${places.plan.currency}.` }
    }
  },
})
