import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { NUMBER_PARAMETERS } from '../../../facts/parameters.ts'
import { isOfGa4 } from '../../places.ts'

export const parametersHaveTheirStandardType = rule({
  code: 'parameters-have-their-standard-type',
  severity: 'error',
  profile: 'minimal',
  title: "A number of Google's reference is a number.",
  reason: 'A value sent as text is not added up.',
  fix: 'write a number without quotes, or `type: number` in the dictionary.',
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/reference/events',
  catalogue: ['L-D06'],
  *check(places) {
    for (const { at, name, source } of places.sources.filter(isOfGa4)) {
      if (NUMBER_PARAMETERS.has(name) && (typeof source === 'string' || typeof source === 'boolean')) {
        const numeric = typeof source === 'string' && /^-?\d+(\.\d+)?$/.test(source)
        yield {
          at,
          message: `${quoted(name)} is a number in GA4, but this is ${typeof source === 'string' ? `the text ${quoted(source)}` : String(source)}.`,
          ...(numeric ? { fix: `write ${source} without quotes.` } : {}),
        }
      }
    }
    for (const { at, name, definition } of places.parameters) {
      const { type } = definition
      if (NUMBER_PARAMETERS.has(name) && (type === 'string' || type === 'boolean'))
        yield {
          at: `${at}/type`,
          message: `${quoted(name)} is a number in GA4, but the dictionary says ${type}.`,
          fix: 'write `type: number`.',
        }
    }
  },
})
