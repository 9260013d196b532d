import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'
import { GA4_LIMITS, EVENTS_PAGE, LONG_VALUES } from '../../../facts/limits.ts'
import { isOfGa4 } from '../../places.ts'

export const literalValuesFit = rule({
  code: 'literal-values-fit',
  severity: 'error',
  profile: 'minimal',
  title: "A parameter's value has at most 100 characters, a user property's 36.",
  reason: 'GA4 cuts what is longer.',
  fix: 'shorten the value.',
  source: EVENTS_PAGE,
  catalogue: ['L-N10'],
  *check(places) {
    for (const { at, name, use, source } of places.sources.filter(isOfGa4)) {
      const limit =
        use === 'user' ? GA4_LIMITS.userPropertyValue : (LONG_VALUES[name] ?? GA4_LIMITS.parameterValue)
      const texts: [string, unknown][] =
        typeof source !== 'object'
          ? [[at, source]]
          : [
              [`${at}/default`, source.default],
              ...Object.entries(source.lookup?.map ?? {}).map(([key, value]): [string, unknown] => [
                at + pointerOf('lookup', 'map', key),
                value,
              ]),
            ]
      for (const [place, text] of texts) {
        if (typeof text === 'string' && text.length > limit)
          yield {
            at: place,
            message: `The value of ${quoted(name)} has ${text.length} characters; GA4 keeps ${limit}.`,
          }
      }
    }
    for (const { at, name, definition } of places.parameters) {
      const limit =
        definition.register === 'user'
          ? GA4_LIMITS.userPropertyValue
          : (LONG_VALUES[name] ?? GA4_LIMITS.parameterValue)
      for (const [index, value] of (definition.values ?? []).entries()) {
        if (typeof value === 'string' && value.length > limit)
          yield {
            at: at + pointerOf('values', index),
            message: `A value of ${quoted(name)} has ${value.length} characters; GA4 keeps ${limit}.`,
          }
      }
    }
  },
})
