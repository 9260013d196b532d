import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const singlePageAppsPushFormEvents = rule({
  code: 'single-page-apps-push-form-events',
  severity: 'warning',
  profile: 'recommended',
  title: 'Forms of a single-page app are measured by an event of the data layer.',
  reason:
    "Such forms are sent by script, without the browser's own submit: GTM's form trigger never hears of it, or counts attempts.",
  fix: 'let the site push an event after success, and use `dataLayer`.',
  source: 'https://support.google.com/tagmanager/answer/7679217',
  catalogue: ['L-T09'],
  *check(places) {
    if (places.plan.site?.singlePageApp !== true) return
    for (const { id, triggers } of places.conversions) {
      for (const { at, kind } of triggers) {
        if (kind === 'form')
          yield {
            at: `${at}/form`,
            about: 'key',
            message: `${quoted(id)} waits for a form submission, which a single-page app hardly ever has.`,
          }
      }
    }
  },
})
