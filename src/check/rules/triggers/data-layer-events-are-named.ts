import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const dataLayerEventsAreNamed = rule({
  code: 'data-layer-events-are-named',
  severity: 'error',
  profile: 'minimal',
  title: 'A data layer trigger does not listen to everything.',
  reason:
    'GTM pushes events of its own (gtm.js, gtm.click, ...): a pattern that matches all of them sends them all to GA4.',
  fix: 'name the event, or anchor the pattern: ^(one|two)$.',
  source: 'https://support.google.com/tagmanager/answer/7679219',
  catalogue: ['L-T02'],
  *check(places) {
    for (const { id, triggers } of places.conversions) {
      for (const { at, trigger } of triggers) {
        const { dataLayer } = trigger
        if (dataLayer === undefined) continue
        const pattern = typeof dataLayer === 'string' ? undefined : dataLayer.matches
        const place = { at: pattern === undefined ? `${at}/dataLayer` : `${at}/dataLayer/matches` }
        if (pattern !== undefined && /^\^?\(?\.[*+]\??\)?\$?$/.test(pattern))
          yield { ...place, message: `${quoted(id)} fires on every event of the data layer.` }
        else if (typeof dataLayer === 'string' && dataLayer.startsWith('gtm.'))
          yield {
            ...place,
            message: `${quoted(dataLayer)} is an event of GTM itself.`,
            fix: 'use the trigger of that kind: page, click, link, form, ...',
          }
      }
    }
  },
})
