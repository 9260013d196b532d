import { waitsFor } from '../../../destinations/waits-for.ts'
import { consentIn } from '../../../plan/decisions.ts'
import { and } from '../../../words/counting.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const oncePerPageDoesNotWaitForConsent = rule({
  code: 'once-per-page-does-not-wait-for-consent',
  severity: 'error',
  profile: 'minimal',
  title: 'A tag that waits for consent does not fire once per page.',
  reason:
    'GTM counts an occurrence that consent holds back as the one of the page, so the tag stays silent after the visitor has agreed.',
  fix: 'remove `fires`, so that each occurrence with consent counts; for one a page, let the site push a data layer event once the visitor has agreed. What happens once by itself (a view, a timer with a limit) is lost just the same.',
  source: 'https://support.google.com/tagmanager/answer/10718549',
  *check(places) {
    const consent = consentIn(places.plan)
    for (const { at, id, data, tagged } of places.conversions) {
      const types = waitsFor(consent, 'ga4', undefined, data.requires)
      if (tagged && data.fires === 'once_per_page' && types.length > 0)
        yield {
          at: `${at}/fires`,
          message: `${quoted(id)} waits for ${and(types)}: an occurrence before the visitor agrees uses it up for the page.`,
          edit: { remove: `${at}/fires` },
        }
    }
  },
})
