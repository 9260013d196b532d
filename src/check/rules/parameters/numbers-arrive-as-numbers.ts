import { resultsIn } from '../../../sources/said.ts'
import { isOfGa4 } from '../../places.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const numbersArriveAsNumbers = rule({
  code: 'numbers-arrive-as-numbers',
  severity: 'warning',
  profile: 'recommended',
  title: 'Numbers are read from the page, not written in the plan.',
  reason:
    'GTM sends what is written in a tag, a table or a default as text, and GA4 neither sums nor averages a text. What the site pushes as a number stays one.',
  fix: 'read it from the data layer, where it is a number; or leave it out, where the `value` of the conversion says what one is worth.',
  source: 'https://support.google.com/analytics/answer/14239696',
  *check(places) {
    const numeric = new Set(
      places.parameters
        .filter(({ definition }) => ['integer', 'number', 'money'].includes(definition.type ?? 'string'))
        .map(({ name }) => name),
    )
    for (const placed of places.sources) {
      const { at, name, use, source } = placed
      if (use === 'user' || !isOfGa4(placed) || (name !== 'value' && !numeric.has(name))) continue
      const [first] = resultsIn(source, at).filter(({ value }) => typeof value === 'number')
      if (first !== undefined)
        yield {
          at: first.at,
          message: `${quoted(name)} is a number, but ${quoted(first.value)} reaches GA4 as text.`,
        }
    }
  },
})
