import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const linkAddressesHoldNoPerson = rule({
  code: 'link-addresses-hold-no-person',
  severity: 'error',
  profile: 'minimal',
  title: 'The address of a tel: or mailto: link is not sent.',
  reason: "It is a phone number or an e-mail address, which Google's terms forbid to send.",
  fix: 'send the method and the place instead: `method: phone`, `cta_location: footer`.',
  source: 'https://support.google.com/analytics/answer/6366371',
  catalogue: ['L-D07'],
  *check(places) {
    for (const conversion of places.conversions) {
      const contact = conversion.triggers.some(({ when, trigger }) => {
        const selectors = [trigger.link?.selector, trigger.click?.selector].join(' ')
        return (
          /(tel|mailto|wa\.me|whatsapp)/.test(selectors) ||
          when.some(
            ({ subject, detail, test }) =>
              subject === 'click' &&
              detail === 'url' &&
              /^\^?\(?(tel|mailto|https?:\/\/wa\.me|.*whatsapp)/.test(
                String(test.startsWith ?? test.contains ?? test.matches ?? test.equals ?? ''),
              ),
          )
        )
      })
      if (!contact) continue
      for (const { at, source, name } of conversion.parameters) {
        if (typeof source === 'object' && (source.click === 'url' || source.click === 'href'))
          yield {
            at,
            message: `${quoted(name)} is the address of the link, and that is a phone number or e-mail address.`,
          }
      }
    }
  },
})
