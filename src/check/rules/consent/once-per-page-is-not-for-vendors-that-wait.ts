import { waitsFor } from '../../../destinations/waits-for.ts'
import { consentIn } from '../../../plan/decisions.ts'
import { and } from '../../../words/counting.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { sentTo } from '../../sent-to.ts'

export const oncePerPageIsNotForVendorsThatWait = rule({
  code: 'once-per-page-is-not-for-vendors-that-wait',
  severity: 'warning',
  profile: 'recommended',
  title: 'Where a vendor waits for consent, a conversion does not fire once per page.',
  reason:
    "The vendor's tag fires as often as GA4's, and GTM counts an occurrence that consent holds back as the one of the page: GA4 has the conversion, the vendor never hears of it, also when it happens again after the visitor has agreed.",
  fix: 'remove `fires`, so that each occurrence with consent counts; for one a page, let the site push a data layer event once the visitor has agreed.',
  source: 'https://support.google.com/tagmanager/answer/10718549',
  *check({ plan, conversions }) {
    const consent = consentIn(plan)
    for (const conversion of conversions) {
      const { at, id, data, tagged } = conversion
      if (!tagged || data.fires !== 'once_per_page') continue
      // Where GA4's own tag waits, too, that is an error already.
      if (waitsFor(consent, 'ga4', undefined, data.requires).length > 0) continue
      const waiting = Object.entries(plan.destinations ?? {}).flatMap(([to, destination]) => {
        const { kind, consent: said } = destination
        const goes = sentTo(conversion, to, destination) !== false
        const types = goes ? waitsFor(consent, kind, said, undefined) : []
        return types.length > 0 ? [{ to, types }] : []
      })
      if (waiting.length === 0) continue
      const types = and([...new Set(waiting.flatMap((each) => each.types))])
      yield {
        at: `${at}/fires`,
        message: `What ${quoted(id)} sends to ${and(waiting.map(({ to }) => quoted(to)))} waits for ${types}: an occurrence before the visitor agrees uses that tag up for the page.`,
      }
    }
  },
})
