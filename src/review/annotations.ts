/** What a review points to in the changed files: every error, and of warnings and notes the new ones. */
import type { Diagnostic, Location } from '../plan/diagnostic.ts'
import type { Review } from './review.ts'
import type { Side } from './side.ts'

/**
 * Errors first: GitHub shows ten annotations of a kind for each step.
 * @param inRepository a file's path as the repository names it; GitHub knows no other.
 */
export function annotationsOf(
  sides: readonly Side[],
  review: Review,
  inRepository: (file: string) => string,
): Diagnostic[] {
  const errors = sides.flatMap(({ diagnostics, parsed }) =>
    diagnostics
      .filter(({ severity }) => severity === 'error')
      .map((one): Diagnostic => {
        const place = one.location ?? (one.at === undefined ? undefined : parsed.locate(one.at, one.about))
        return place === undefined ? one : { ...one, location: named(place, inRepository) }
      }),
  )
  const fresh = review.plans
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'error')
    .map(({ location, ...one }): Diagnostic =>
      location === undefined ? one : { ...one, location: named(location, inRepository) },
    )
  const warnings = fresh.filter(({ severity }) => severity === 'warning')
  return [...errors, ...warnings, ...fresh.filter(({ severity }) => severity === 'info')]
}

function named(place: Location, inRepository: (file: string) => string): Location {
  return { ...place, file: inRepository(place.file) }
}
