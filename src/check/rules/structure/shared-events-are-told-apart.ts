import { METHOD, rule } from '../../rule.ts'
import type { PlacedConversion } from '../../places.ts'
import { quoted } from '../../schema/words.ts'

export const sharedEventsAreToldApart = rule({
  code: 'shared-events-are-told-apart',
  severity: 'warning',
  profile: 'recommended',
  title: 'Conversions that share an event differ in a parameter.',
  reason:
    'GA4 knows conversions by their event: two that send the same name are one number there, unless a parameter tells them apart.',
  fix: 'give one of them a parameter with another value, or another event name.',
  source: METHOD,
  catalogue: ['L-P09'],
  *check(places) {
    const groups = new Map<string, PlacedConversion[]>()
    for (const conversion of places.conversions) {
      const { event } = conversion.data
      if (conversion.inGa4 && event !== undefined)
        groups.set(event, [...(groups.get(event) ?? []), conversion])
    }
    for (const [event, sharing] of groups) {
      const seen = new Map<string, PlacedConversion>()
      for (const conversion of sharing) {
        const key = JSON.stringify(conversion.data.parameters ?? {})
        const before = seen.get(key)
        const same =
          before !== undefined &&
          JSON.stringify(before.data.trigger) === JSON.stringify(conversion.data.trigger)
        if (before === undefined) seen.set(key, conversion)
        else if (!same)
          yield {
            at: `${conversion.at}/event`,
            message: `${quoted(conversion.id)} and ${quoted(before.id)} both send ${quoted(event)}, with nothing to tell them apart.`,
          }
      }
    }
  },
})
