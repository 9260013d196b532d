import { isSourceKind } from '../../../sources/kinds.ts'
import { filledBy } from '../../../triggers/kinds.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { or } from '../../../words/counting.ts'

export const valuesBelongToTheirMoment = rule({
  code: 'values-belong-to-their-moment',
  severity: 'warning',
  profile: 'recommended',
  title: 'A value of a click is read where every trigger is one.',
  reason:
    'GTM keeps the values of the last click, form or scroll; on another trigger of the same conversion they are those of an earlier action, however long ago.',
  fix: 'make two conversions of it, or read the value from the data layer.',
  source: 'https://support.google.com/tagmanager/answer/7182738',
  *check(places) {
    const kinds = places.conversions.flatMap(({ tagged, triggers }) => (tagged ? triggers : []))
    const all = [...new Set(kinds.map(({ kind }) => kind))]
    for (const { at, kind, conversion, use } of places.sources) {
      const fitting = kind === 'literal' || kind === 'none' ? undefined : filledBy(kind)
      if (fitting === undefined) continue
      if (conversion === undefined) {
        const others = use === 'visitor' ? [] : all.filter((each) => !fitting.includes(each))
        if (others.length > 0)
          yield {
            at,
            message: `Every event reads this, also on ${or(others)}, where ${kind} holds nothing, or still what was before.`,
            fix: 'write it in the conversions whose triggers fill it.',
          }
        continue
      }
      if (!conversion.kinds.some((each) => fitting.includes(each))) continue
      const others = conversion.kinds.filter((each) => !fitting.includes(each))
      if (others.length > 0)
        yield {
          at,
          message: `${quoted(conversion.id)} also fires on ${or(others)}, where ${kind} still holds what was before.`,
        }
    }
    for (const { at, subject, negative, conversion } of places.conditions) {
      const fitting = isSourceKind(subject) ? filledBy(subject) : undefined
      if (fitting === undefined) continue
      const own = conversion.kinds.filter((each) => fitting.includes(each))
      const others = conversion.kinds.filter((each) => !fitting.includes(each))
      if (own.length > 0 && others.length > 0)
        yield {
          at: `${at}/${subject}`,
          about: 'key',
          message: `This is also asked on ${or(others)}, where ${subject} still holds what was before.`,
          fix: `write it as \`${negative ? 'unless' : 'when'}\` of the ${or(own)} trigger itself.`,
        }
    }
  },
})
