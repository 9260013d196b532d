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
  const kept = findings.filter(
    (finding) =>
      !ignores.some(
        (ignore) => matches(ignore, finding) && ignore.until > places.today && isIgnorable(finding.code),
      ),
  )
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
    const matched = findings.some((finding) => matches(ignore, finding))
    if (ignore.until <= places.today && matched) {
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

function matches(ignore: { code: string; at?: string }, finding: Diagnostic): boolean {
  if (ignore.code !== finding.code) return false
  return ignore.at === undefined || stepsOf(finding.at ?? '').includes(ignore.at)
}
