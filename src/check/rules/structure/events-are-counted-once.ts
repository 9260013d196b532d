import { METHOD, rule } from '../../rule.ts'
import type { ConversionView } from '../../view.ts'
import { quoted } from '../../schema/words.ts'

export const eventsAreCountedOnce = rule({
  code: 'events-are-counted-once',
  severity: 'error',
  profile: 'minimal',
  title: 'One action is one conversion.',
  reason:
    'Two conversions with the same event and the same trigger count everything twice, and GA4 cannot tell them apart.',
  fix: 'remove one of the two, or tell them apart by a condition and a parameter.',
  source: METHOD,
  catalogue: ['L-P09', 'L-T15'],
  *check(view) {
    const seen = new Map<string, ConversionView>()
    for (const conversion of view.conversions) {
      const { event, trigger } = conversion.data
      if (!conversion.tagged || event === undefined || trigger === undefined) continue
      const key = JSON.stringify([event, trigger])
      const before = seen.get(key)
      if (before === undefined) seen.set(key, conversion)
      else
        yield {
          at: `${conversion.at}/event`,
          message: `${quoted(conversion.id)} sends ${quoted(event)} on the same trigger as ${before.tier === 'goal' ? 'the goal' : 'the micro conversion'} ${quoted(before.id)}.`,
        }
    }
  },
})
