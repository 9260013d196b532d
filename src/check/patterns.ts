/** The patterns that GTM holds against something that is read: of conditions and of pattern tables. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import { buildSource } from '../sources/build.ts'
import { isBuilt, valuesIn, type SubjectSaid } from '../sources/condition.ts'
import { isWhole } from '../sources/said.ts'
import type { Source } from '../sources/source.ts'
import type { PlanPlaces } from './places.ts'

export interface PlacedPattern {
  readonly at: Pointer
  readonly about?: 'key'
  readonly pattern: string
  /** What is compared with it. */
  readonly source: Source
}

export function patternsIn(places: PlanPlaces): PlacedPattern[] {
  return [
    ...places.conditions.flatMap(({ source: said, test, testAt }) => {
      const source = built(said)
      return source === undefined
        ? []
        : valuesIn(test, 'matches').map(({ at, value }) => ({
            at: testAt + at,
            pattern: String(value),
            source,
          }))
    }),
    ...places.sources.flatMap(({ at, source: table, kind }): PlacedPattern[] => {
      if (kind !== 'match' || typeof table !== 'object' || table.match === undefined) return []
      const { from, patterns } = table.match
      const source = built(from)
      if (source === undefined) return []
      return Object.keys(patterns).map((pattern) => ({
        at: at + pointerOf('match', 'patterns', pattern),
        about: 'key',
        pattern,
        source,
      }))
    }),
  ]
}

function built(said: SubjectSaid['source']): Source | undefined {
  if (isBuilt(said)) return said
  return isWhole(said) ? buildSource(said) : undefined
}
