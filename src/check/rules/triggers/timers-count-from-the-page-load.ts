import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const timersCountFromThePageLoad = rule({
  code: 'timers-count-from-the-page-load',
  severity: 'warning',
  profile: 'recommended',
  title: 'A timer of a single-page app is not meant for one route.',
  reason:
    'A timer counts from the page load, not from the change of route; what it ticks on another route is used up.',
  fix: 'push an event to the data layer when a visitor has stayed on the route.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  *check(places) {
    if (places.plan.site?.singlePageApp !== true) return
    for (const { id, triggers } of places.conversions) {
      for (const { at, kind, when } of triggers) {
        if (kind === 'timer' && when.some(({ subject }) => ROUTE.includes(subject)))
          yield {
            at: `${at}/timer`,
            about: 'key',
            message: `${quoted(id)} counts the time since the page was loaded, whatever route the visitor is on.`,
          }
      }
    }
  },
})

const ROUTE = ['path', 'url', 'fragment', 'query']
