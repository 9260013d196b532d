import { consentIn } from '../../../plan/decisions.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const oncePerPageDoesNotWaitForConsent = rule({
  code: 'once-per-page-does-not-wait-for-consent',
  severity: 'error',
  profile: 'minimal',
  title: 'A tag that waits for consent does not fire once per page.',
  reason:
    'GTM counts an occurrence that consent holds back as the one of the page, so the tag stays silent after the visitor has agreed.',
  fix: 'write `fires: once_per_event` and let the trigger happen once: a visibility trigger, a timer with a limit, a data layer event.',
  source: 'https://support.google.com/tagmanager/answer/10718549',
  *check(places) {
    const { mode, requires: inBasic } = consentIn(places.plan)
    for (const { at, id, data, tagged } of places.conversions) {
      const waitsFor = data.requires ?? (mode === 'basic' ? inBasic : [])
      if (tagged && data.fires === 'once_per_page' && waitsFor.length > 0)
        yield {
          at: `${at}/fires`,
          message: `${quoted(id)} waits for ${waitsFor.join(' and ')}: an occurrence before the visitor agrees uses it up for the page.`,
          edit: { remove: `${at}/fires` },
        }
    }
  },
})
