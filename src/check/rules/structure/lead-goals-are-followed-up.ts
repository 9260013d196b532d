import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const leadGoalsAreFollowedUp = rule({
  code: 'lead-goals-are-followed-up',
  severity: 'warning',
  profile: 'recommended',
  title: 'A plan with lead goals follows them into the CRM.',
  reason: 'A form counts leads, not good leads: only the CRM knows which became customers.',
  fix: 'add a conversion with `source: crm`, for example the qualified lead.',
  source: METHOD,
  catalogue: ['L-P18'],
  *check(places) {
    const leads = places.goals.filter(({ data }) => data.outcome === 'lead' || data.outcome === 'pipeline')
    const [first] = leads
    if (first !== undefined && !places.conversions.some(({ data }) => data.source === 'crm'))
      yield {
        at: `${first.at}/outcome`,
        message: `${quoted(first.id)} brings leads, but nothing in the plan comes from the CRM.`,
      }
  },
})
