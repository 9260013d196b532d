import { rule } from '../../rule.ts'
import { kindsIn } from '../../../sources/kinds.ts'

export const sourcesHaveOneOrigin = rule({
  code: 'sources-have-one-origin',
  severity: 'error',
  profile: 'always',
  title: 'A value comes from exactly one place.',
  reason: 'Two sources in one could mean "the first that is there"; GTM has no such variable.',
  fix: 'keep one source.',
  source: 'The plan language',
  *check(places) {
    for (const { at, source } of places.sources) {
      if (typeof source !== 'object') continue
      const found = kindsIn(source)
      if (found.length === 0)
        yield {
          at,
          about: 'key',
          absent: '*',
          message: 'The value has no source.',
          fix: 'add one, for example { dataLayer: plan.type }.',
        }
      if (found.length > 1)
        yield {
          at: `${at}/${found[1] ?? ''}`,
          about: 'key',
          message: `The value has ${found.length} sources: ${found.join(' and ')}.`,
        }
    }
  },
})
