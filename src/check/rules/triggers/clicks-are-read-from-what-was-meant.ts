import type { PlacedSource } from '../../places.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const clicksAreReadFromWhatWasMeant = rule({
  code: 'clicks-are-read-from-what-was-meant',
  severity: 'warning',
  profile: 'recommended',
  title: 'What is read of a click stands on the element that is clicked.',
  reason:
    'With a selector that includes what is inside, GTM reads the innermost element: the address, the text or the data- attribute of an icon instead of those of its button.',
  fix: 'use a `link` trigger, which reads the link, or a `dataLayer` event; or write the attribute on the inner elements too.',
  source: 'https://support.google.com/tagmanager/answer/7679320',
  *check(places) {
    for (const { id, at, triggers } of [...places.conversions, ...places.destinations]) {
      const inner = triggers.some(({ trigger }) => /\s\*\s*(,|$)/.test(trigger.click?.selector ?? ''))
      if (!inner) continue
      const conditions = places.conditions.filter(
        ({ conversion, subject, detail }) =>
          conversion.at === at && subject === 'click' && detail !== 'element',
      )
      const read = [
        ...places.sources
          .filter((each) => each.conversion?.at === at && isOfAClick(each))
          .map((each) => each.at),
        ...conditions.map((each) => each.at),
      ]
      for (const place of read)
        yield {
          at: place,
          message: `${quoted(id)} counts clicks on what is inside its element too; this is then read from there.`,
        }
    }
  },
})

function isOfAClick({ source }: PlacedSource): boolean {
  return typeof source === 'object' && source.click !== undefined && source.click !== 'element'
}
