/** Findings that were not there before, by code and place. */
import type { Diagnostic, Location } from '../plan/diagnostic.ts'
import type { NewFinding } from './review.ts'

/**
 * A place is compared without positions in lists, and with ids as they are now: neither a line more nor a rename makes
 * an old finding new. Of several with one code and place, as many are new as there are more of them.
 * @param asNow turns a pointer into the old plan into one into the new plan.
 */
export function newFindings(
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
  asNow: (pointer: string) => string,
  locate: (diagnostic: Diagnostic) => Location | undefined,
): NewFinding[] {
  const known = new Map<string, number>()
  for (const one of before) {
    const key = identity(one, asNow(one.at ?? ''))
    known.set(key, (known.get(key) ?? 0) + 1)
  }
  return after.flatMap((one): NewFinding[] => {
    const key = identity(one, one.at ?? '')
    const left = known.get(key) ?? 0
    known.set(key, left - 1)
    if (left > 0) return []
    const { severity, code, message, fix } = one
    const location = locate(one)
    return [
      {
        severity,
        code,
        message,
        ...(fix === undefined ? {} : { fix }),
        ...(location === undefined ? {} : { location }),
      },
    ]
  })
}

function identity(diagnostic: Diagnostic, pointer: string): string {
  // Without a pointer (a file that cannot be parsed) there is one such finding for each code and file.
  const place = diagnostic.at === undefined ? (diagnostic.location?.file ?? '') : pointer
  return `${diagnostic.code} ${place.replaceAll(/\/\d+(?=\/|$)/g, '/*')}`
}
