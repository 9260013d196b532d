import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'

export const tablesHaveADefault = rule({
  code: 'tables-have-a-default',
  severity: 'warning',
  profile: 'recommended',
  title: 'A lookup or match table has a default.',
  reason:
    'Without one, the parameter is left out of the hit for every value that is not in the table: reports show (not set).',
  fix: 'add `default`, for example `default: other`.',
  source: 'https://support.google.com/tagmanager/answer/7683362',
  catalogue: ['L-T17'],
  *check(places) {
    for (const { at, source, kind } of places.sources) {
      if (
        typeof source !== 'object' ||
        (kind !== 'lookup' && kind !== 'match') ||
        source.default !== undefined
      )
        continue
      yield {
        at: at + pointerOf(kind),
        about: 'key',
        absent: 'default',
        message: `The ${kind} table has no default.`,
      }
    }
  },
})
