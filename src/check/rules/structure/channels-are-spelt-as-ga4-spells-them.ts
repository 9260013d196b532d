import { DEFAULT_CHANNELS } from '../../../facts/channels.ts'
import { pointerOf, type Pointer } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { didYouMean, isSameWord } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'
import type { PlanPlaces } from '../../places.ts'

export const channelsAreSpeltAsGa4SpellsThem = rule({
  code: 'channels-are-spelt-as-ga4-spells-them',
  severity: 'warning',
  profile: 'recommended',
  title: 'A channel of a target, a benchmark or a channel group is spelt as GA4 spells it.',
  reason:
    'No visit is of a channel that is called otherwise, so the number is never reached and never missed, and no visit fits the rule.',
  fix: 'write the name of a default channel, such as Paid Social.',
  source: 'https://support.google.com/analytics/answer/9756891',
  *check(places) {
    for (const { at, channel } of channelsIn(places)) {
      if (DEFAULT_CHANNELS.includes(channel)) continue
      // Google adds channels: what is near none of those may be a new one.
      const meant = didYouMean(channel, DEFAULT_CHANNELS)
      if (meant === undefined) continue
      yield {
        at,
        message: `GA4 has no channel ${quoted(channel)}.`,
        fix: `did you mean ${quoted(meant)}?`,
        ...(isSameWord(channel, meant) ? { edit: { set: at, value: meant } } : {}),
      }
    }
  },
})

/** Every name of a channel that has to be whole; a group may also ask for a part of one. */
function* channelsIn(places: PlanPlaces): Generator<{ readonly at: Pointer; readonly channel: string }> {
  for (const { at, data } of places.conversions) {
    for (const field of ['targets', 'benchmarks'] as const) {
      for (const [index, { channel }] of (data[field] ?? []).entries())
        if (channel !== undefined) yield { at: at + pointerOf(field, index, 'channel'), channel }
    }
  }
  for (const [group, { rules }] of Object.entries(places.plan.property?.channels ?? {})) {
    for (const [name, { channel }] of Object.entries(rules)) {
      const at = pointerOf('property', 'channels', group, 'rules', name, 'channel', 'equals')
      const { equals } = channel ?? {}
      if (typeof equals === 'string') yield { at, channel: equals }
      else for (const [index, each] of (equals ?? []).entries()) yield { at: `${at}/${index}`, channel: each }
    }
  }
}
