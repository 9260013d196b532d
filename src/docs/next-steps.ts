/** What to improve next: expected lift x value / effort, with the arithmetic, so that anybody can argue with it. */
import { percentOf } from '../check/amounts.ts'
import { money } from '../words/plan-words.ts'

export interface Candidate {
  readonly id: string
  readonly title: string
  readonly owner?: string
  /** `15%`, as the plan has it. */
  readonly expectedLift?: string
  /** What one is worth, in the plan's currency. */
  readonly value?: number
  /** 1 (easy) to 5. */
  readonly effort?: number
}

export interface NextSteps {
  /** The best first. */
  readonly rows: readonly NextStep[]
  /** Those that cannot be ranked, and what is missing. */
  readonly unranked: readonly { readonly id: string; readonly title: string; readonly missing: string }[]
}

export interface NextStep {
  readonly id: string
  readonly title: string
  readonly owner?: string
  readonly score: number
  readonly arithmetic: string
}

export function nextSteps(candidates: readonly Candidate[], currency: string | undefined): NextSteps {
  const rows: NextStep[] = []
  const unranked: NextSteps['unranked'][number][] = []
  for (const { id, title, owner, expectedLift, value, effort } of candidates) {
    if (expectedLift === undefined || value === undefined || effort === undefined) {
      const missing = [
        ...(expectedLift === undefined ? ['expected lift'] : []),
        ...(value === undefined ? ['value or weight'] : []),
        ...(effort === undefined ? ['effort'] : []),
      ]
      unranked.push({ id, title, missing: missing.join(', ') })
    } else {
      const score = Number(((percentOf(expectedLift) * value) / 100 / effort).toFixed(2))
      const arithmetic = `${expectedLift} × ${money(value, currency)} ÷ ${effort} = ${score}`
      rows.push({ id, title, score, arithmetic, ...(owner === undefined ? {} : { owner }) })
    }
  }
  return { rows: rows.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)), unranked }
}
