import type { Conversion, Plan } from '../plan/plan.ts'
import { titleLine, unmarked } from '../resources/plain-words.ts'
import { planLine } from '../resources/plan-line.ts'
import { targetWords } from '../words/plan-words.ts'

/** What stands in GTM's notes of a thing that serves one conversion. */
export function conversionNotes(plan: Plan, conversion: Conversion): string {
  const place = conversion.tier === 'goal' ? 'goals' : `stages, ${conversion.stage}`
  return [
    titleLine(conversion.title),
    ...(conversion.owner === undefined ? [] : [`Owner: ${unmarked(conversion.owner)}`]),
    ...(conversion.target === undefined
      ? []
      : [`Target: ${unmarked(targetWords(conversion.target, plan.currency))}`]),
    planLine(plan.file, `${place}, ${conversion.id}`),
  ].join('\n')
}

/** What stands in GTM's notes of a thing that serves the whole plan. */
export function planNotes(plan: Plan): string {
  return planLine(plan.file)
}
