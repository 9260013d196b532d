/** `ignore:` in a plan: findings that are accepted for a while. They come back by themselves. */
import { pointerOf, type Diagnostic } from '../plan/diagnostic.ts'
import { stepsOf } from '../plan/tree.ts'
import { LANGUAGE_CODES } from '../codes/language.ts'
import type { CheckedCodeFacts } from '../codes/facts.ts'
import { RULES } from './rules/index.ts'
import { didYouMean } from './schema/did-you-mean.ts'
import type { PlanPlaces } from './places.ts'

/** What the check of a plan can say, and so what can stand under `ignore`. */
const CODES = new Map<string, CheckedCodeFacts>([
  ...Object.entries(LANGUAGE_CODES),
  ...RULES.map((facts) => [facts.code, facts] as const),
])

/** The findings that are not ignored today, and what is wrong with the ignores themselves. */
export function applyIgnores(findings: readonly Diagnostic[], places: PlanPlaces): Diagnostic[] {
  const ignores = places.plan.ignore ?? []
  const current = placesByCode(
    ignores.filter(({ until }) => until > places.today).map(({ code, at }) => ({ code, steps: [at] })),
  )
  const found = placesByCode(
    findings.map(({ code, at = '' }) => ({ code, steps: [undefined, ...stepsOf(at)] })),
  )
  const kept = findings.filter(({ code, at = '' }) => {
    const ignored = isIgnorable(code) ? current.get(code) : undefined
    return ignored === undefined || ![undefined, ...stepsOf(at)].some((step) => ignored.has(step))
  })
  const ofIgnores = ignores.flatMap((ignore, index): Diagnostic[] => {
    const at = pointerOf('ignore', index)
    const facts = CODES.get(ignore.code)
    if (facts === undefined) {
      const meant = didYouMean(ignore.code, CODES.keys())
      const fix =
        meant === undefined ? 'remove it; `plan explain` lists all codes.' : `did you mean "${meant}"?`
      return [
        {
          severity: 'error',
          code: 'ignores-mean-something',
          message: `There is no code "${ignore.code}".`,
          fix,
          at: `${at}/code`,
        },
      ]
    }
    if (!isIgnorable(ignore.code)) {
      const message = `"${ignore.code}" cannot be ignored: without it the plan cannot be compiled.`
      return [
        {
          severity: 'error',
          code: 'ignores-mean-something',
          message,
          fix: 'put right what it finds, and remove this entry.',
          at: `${at}/code`,
        },
      ]
    }
    if (ignore.until <= places.today && found.get(ignore.code)?.has(ignore.at) === true) {
      const message = `Ignoring "${ignore.code}" ended on ${ignore.until}: ${ignore.reason}`
      return [
        {
          severity: 'info',
          code: 'ignores-are-current',
          message,
          fix: 'put right what it finds, or decide anew how long to ignore it.',
          at: `${at}/until`,
        },
      ]
    }
    return []
  })
  return [...kept, ...ofIgnores]
}

function isIgnorable(code: string): boolean {
  return CODES.get(code)?.profile !== 'always'
}

/** The steps to what a code is said of, or accepted for; undefined: anywhere. */
function placesByCode(
  all: readonly { readonly code: string; readonly steps: readonly (string | undefined)[] }[],
): ReadonlyMap<string, ReadonlySet<string | undefined>> {
  const byCode = new Map<string, Set<string | undefined>>()
  for (const { code, steps } of all) {
    const known = byCode.get(code) ?? new Set()
    byCode.set(code, known)
    for (const step of steps) known.add(step)
  }
  return byCode
}
