import { valuesIn } from '../../../sources/condition.ts'
import {
  isOfGa4,
  type PlacedCondition,
  type PlacedConversion,
  type PlacedSource,
  type PlacedTrigger,
} from '../../places.ts'
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
    const contacts = places.conversions.filter(({ tagged, triggers }) => tagged && triggers.some(isContact))
    for (const source of places.sources.filter((each) => isOfGa4(each) && isAddress(each))) {
      const { at, name, conversion } = source
      if (conversion !== undefined && contacts.some((each) => each.at === conversion.at))
        yield {
          at,
          message: `${quoted(name)} is the address of the link, and that is a phone number or e-mail address.`,
        }
      // What every event carries, but for those that say it themselves.
      const carrier =
        conversion === undefined
          ? contacts.find(({ data }) => !Object.hasOwn(saidBy(data, source), name))
          : undefined
      if (carrier !== undefined)
        yield {
          at,
          message: `Every event carries ${quoted(name)}, the address of the link, and in ${quoted(carrier.id)} that is a phone number or e-mail address.`,
        }
    }
  },
})

function saidBy({ parameters, userProperties }: PlacedConversion['data'], { use }: PlacedSource): object {
  return (use === 'user' ? userProperties : parameters) ?? {}
}

/** The address itself, or what may come out of a table or a text; what a table looks up comes out of none. */
function isAddress({ source, isCompared }: PlacedSource): boolean {
  return (
    isCompared !== true && typeof source === 'object' && (source.click === 'url' || source.click === 'href')
  )
}

function isContact({ trigger, when }: PlacedTrigger): boolean {
  const selectors = [trigger.link?.selector, trigger.click?.selector].join(' ')
  return isOfContact(selectors) || when.some(asksForContact)
}

function asksForContact({ subject, detail = '', test }: PlacedCondition): boolean {
  if (subject !== 'click' || !ADDRESSES.has(detail) || test.negate === true) return false
  return (['startsWith', 'contains', 'matches', 'equals', 'css'] as const)
    .flatMap((operator) => valuesIn(test, operator))
    .some(({ value }) => isOfContact(String(value)))
}

const ADDRESSES: ReadonlySet<string> = new Set(['url', 'href', 'element'])

/** What a selector leaves out is left out. */
function isOfContact(text: string): boolean {
  return CONTACT.test(text.replace(/:not\([^()]*\)/g, ''))
}

/** Not in the middle of a word: hotel, telescope. */
const CONTACT = /(?<![a-z\d])(tel|mailto)(?![a-z\d])|wa\\?\.me|whatsapp/i
