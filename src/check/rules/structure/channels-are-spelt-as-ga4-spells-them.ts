import { DEFAULT_CHANNELS } from '../../../facts/channels.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { didYouMean, isSameWord } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const channelsAreSpeltAsGa4SpellsThem = rule({
  code: 'channels-are-spelt-as-ga4-spells-them',
  severity: 'warning',
  profile: 'recommended',
  title: 'A channel of a target or benchmark is spelt as GA4 spells it.',
  reason:
    'No visit is of a channel that is called otherwise, so the number is never reached and never missed.',
  fix: 'write the name of a default channel, such as Paid Social.',
  source: 'https://support.google.com/analytics/answer/9756891',
  *check(places) {
    for (const { at, data } of places.conversions) {
      for (const field of ['targets', 'benchmarks'] as const) {
        for (const [index, { channel }] of (data[field] ?? []).entries()) {
          if (channel === undefined || DEFAULT_CHANNELS.includes(channel)) continue
          // Google adds channels: what is near none of those may be a new one.
          const meant = didYouMean(channel, DEFAULT_CHANNELS)
          if (meant === undefined) continue
          const place = at + pointerOf(field, index, 'channel')
          yield {
            at: place,
            message: `GA4 has no channel ${quoted(channel)}.`,
            fix: `did you mean ${quoted(meant)}?`,
            ...(isSameWord(channel, meant) ? { edit: { set: place, value: meant } } : {}),
          }
        }
      }
    }
  },
})
