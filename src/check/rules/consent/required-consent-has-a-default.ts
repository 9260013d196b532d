import { consentIn } from '../../../plan/decisions.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const requiredConsentHasADefault = rule({
  code: 'required-consent-has-a-default',
  severity: 'warning',
  profile: 'recommended',
  title: 'Consent that a conversion waits for is denied until it is given.',
  reason:
    'On a page that sets no consent default at all, GTM holds nothing back: the tag fires as if all were granted.',
  fix: 'write `consent: { mode: advanced, defaults: { ... } }`, and have the consent banner set these defaults.',
  source: 'https://support.google.com/tagmanager/answer/10718549',
  *check(places) {
    const { mode, defaults } = consentIn(places.plan)
    for (const { at, id, data, tagged } of places.conversions) {
      const open = (data.requires ?? []).filter((type) => defaults[type] === undefined)
      if (tagged && open.length > 0 && (mode === 'none' || Object.keys(defaults).length > 0))
        yield {
          at: `${at}/requires`,
          message: `${quoted(id)} waits for ${open.join(' and ')}, but the plan names no default for ${open.length === 1 ? 'it' : 'them'}.`,
        }
    }
  },
})
