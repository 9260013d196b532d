import { rule } from '../../rule.ts'

export const navigationIsNotHeldUp = rule({
  code: 'navigation-is-not-held-up',
  severity: 'warning',
  profile: 'recommended',
  title: 'Links and forms do not wait for tags.',
  reason: 'It holds the visitor up for as long as two seconds; GA4 sends by beacon and needs no waiting.',
  fix: 'remove `waitForTags`.',
  source: 'https://support.google.com/tagmanager/answer/7679218',
  catalogue: ['L-T20'],
  *check(places) {
    for (const { triggers } of places.conversions) {
      for (const { at, kind, trigger } of triggers) {
        if ((kind === 'link' || kind === 'form') && trigger[kind]?.waitForTags === true)
          yield {
            at: `${at}/${kind}/waitForTags`,
            message: 'The visitor waits until the tags have fired.',
            edit: { remove: `${at}/${kind}/waitForTags` },
          }
      }
    }
  },
})
