import { METHOD, rule } from '../../rule.ts'
import { resultsIn } from '../../../sources/said.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'
import { or } from '../../../words/counting.ts'
import { isOfGa4 } from '../../places.ts'

export const valuesAreInTheDictionary = rule({
  code: 'values-are-in-the-dictionary',
  severity: 'error',
  profile: 'minimal',
  title: 'A parameter with a fixed choice is sent with one of its values.',
  reason: '`footer` and `Footer` are two rows in every report.',
  fix: 'write one of the values, or add this one to the dictionary.',
  source: METHOD,
  catalogue: ['L-D14'],
  *check(places) {
    const defined = new Map(places.parameters.map(({ name, definition }) => [name, definition.values]))
    for (const { at, name, source } of places.sources.filter(isOfGa4)) {
      const values = defined.get(name)
      if (values === undefined) continue
      for (const { at: place, value } of resultsIn(source, at)) {
        if (values.some((one) => String(one) === String(value))) continue
        const meant = didYouMean(String(value), values.map(String))
        yield {
          at: place,
          message: `${quoted(value)} is not a value of ${quoted(name)}.`,
          fix:
            meant === undefined
              ? `write ${or(values.map(String))}, or add it to the dictionary.`
              : `did you mean ${quoted(meant)}?`,
        }
      }
    }
  },
})
