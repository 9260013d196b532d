import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'

export const advancedModeDoesNotWait = rule({
  code: 'advanced-mode-does-not-wait',
  severity: 'warning',
  profile: 'recommended',
  title: "In advanced mode GA4's tags do not wait for analytics_storage.",
  reason:
    'Advanced mode is that they run at once and send cookieless pings; one that waits is basic mode by another name.',
  fix: 'remove `analytics_storage` from `requires`, or set `consent: { mode: basic }`.',
  source: 'https://support.google.com/tagmanager/answer/10718549',
  catalogue: ['L-C03'],
  *check(places) {
    if (places.plan.consent?.mode !== 'advanced') return
    for (const { at, id, data, tagged } of places.conversions) {
      const index = (data.requires ?? []).indexOf('analytics_storage')
      if (tagged && index !== -1)
        yield {
          at: at + pointerOf('requires', index),
          message: `${quoted(id)} waits for analytics_storage although the plan is in advanced mode.`,
        }
    }
    if (places.plan.consent.requires !== undefined)
      yield {
        at: '/consent/requires',
        about: 'key',
        message: '`requires` is what basic mode waits for, but the plan is in advanced mode.',
        fix: 'remove it, or set `mode: basic`.',
      }
  },
})
