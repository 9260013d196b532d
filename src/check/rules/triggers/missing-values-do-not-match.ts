import type { Source as SourceDocument } from '../../../plan/plan-types.ts'
import { buildSource } from '../../../sources/build.ts'
import { isBuilt, valuesIn, type SubjectSaid } from '../../../sources/condition.ts'
import { canBeMissing } from '../../../sources/compared.ts'
import { simpleText } from '../../../sources/read-gtm.ts'
import { isWhole } from '../../../sources/said.ts'
import { pointerOf, type Pointer } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import type { PlanPlaces } from '../../places.ts'

export const missingValuesDoNotMatch = rule({
  code: 'missing-values-do-not-match',
  severity: 'warning',
  profile: 'recommended',
  title: 'A pattern does not hold for a value that is not there.',
  reason:
    'Where there is no value, what the plan reads is the empty text, and what others made for GTM the text "undefined"; a pattern that takes either holds on every page.',
  fix: 'ask for the value: `exists: true`; in a table, name the values that are meant.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  *check(places) {
    for (const { at, about, pattern, source } of patternsIn(places)) {
      const missing = missingText(source)
      if (missing === undefined || !holdsFor(pattern, missing)) continue
      yield {
        at,
        ...(about === undefined ? {} : { about }),
        message: `${quoted(pattern)} also holds where there is no value.`,
      }
    }
  },
})

interface Pattern {
  readonly at: Pointer
  readonly about?: 'key'
  readonly pattern: string
  readonly source: SubjectSaid['source']
}

function patternsIn(places: PlanPlaces): Pattern[] {
  return [
    ...places.conditions.flatMap(({ source, test, testAt }): Pattern[] =>
      valuesIn(test, 'matches').map(({ at, value }) => ({ at: testAt + at, pattern: String(value), source })),
    ),
    ...places.sources.flatMap(({ at, source, kind }): Pattern[] => {
      if (kind !== 'match' || typeof source !== 'object' || source.match === undefined) return []
      const { from, patterns } = source.match
      return Object.keys(patterns).map((pattern) => ({
        at: at + pointerOf('match', 'patterns', pattern),
        about: 'key',
        pattern,
        source: from,
      }))
    }),
  ]
}

/** What GTM compares where there is no value; undefined where there always is one. */
function missingText(said: SourceDocument | SubjectSaid['source']): string | undefined {
  if (!isBuilt(said) && !isWhole(said)) return undefined
  const source = isBuilt(said) ? said : buildSource(said)
  if (!canBeMissing(source)) return undefined
  // A variable that the plan does not make has no format of ours.
  return simpleText(source, () => '') === undefined ? '' : 'undefined'
}

function holdsFor(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text)
  } catch {
    return false
  }
}
