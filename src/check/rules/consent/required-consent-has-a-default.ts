import { consentIn } from '../../../plan/decisions.ts'
import { and } from '../../../words/counting.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const requiredConsentHasADefault = rule({
  code: 'required-consent-has-a-default',
  severity: 'warning',
  profile: 'recommended',
  title: 'Consent that a conversion waits for is denied until it is given.',
  reason:
    'On a page that sets no consent default at all, GTM holds nothing back: the tag fires as if all were granted.',
  fix: 'say under `consent.defaults` what holds before a visitor has chosen, and have the consent banner set it.',
  source: 'https://support.google.com/tagmanager/answer/10718549',
  *check(places) {
    const { mode, defaults, requires } = consentIn(places.plan)
    const isOpen = (type: string): boolean => !(type in defaults)
    const tagged = places.conversions.filter((each) => each.tagged)
    // In basic mode every tag waits.
    const ofAll = mode === 'basic' && tagged.length > 0 ? requires.filter(isOpen) : []
    if (ofAll.length > 0)
      yield {
        at: '/consent',
        about: 'key',
        absent: 'defaults',
        message: `Tags wait for ${and(ofAll)}, but the plan names no default for ${itOrThem(ofAll)}.`,
      }
    for (const { at, id, data } of tagged) {
      const open = (data.requires ?? []).filter((type) => isOpen(type) && !ofAll.includes(type))
      if (open.length > 0)
        yield {
          at: `${at}/requires`,
          message: `${quoted(id)} waits for ${and(open)}, but the plan names no default for ${itOrThem(open)}.`,
        }
    }
  },
})

function itOrThem({ length }: readonly string[]): string {
  return length === 1 ? 'it' : 'them'
}
