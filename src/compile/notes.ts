import type { Conversion, Plan } from '../plan/plan.ts'
import type { Target } from '../plan/plan-types.ts'
import { titleLine, unmarked } from '../resources/plain-words.ts'
import { planLine } from '../resources/plan-line.ts'

/** What stands in GTM's notes of a thing that serves one conversion. */
export function conversionNotes(plan: Plan, conversion: Conversion): string {
  const place = conversion.tier === 'goal' ? 'goals' : `stages, ${conversion.stage}`
  return [
    titleLine(conversion.title),
    ...(conversion.owner === undefined ? [] : [`Owner: ${unmarked(conversion.owner)}`]),
    ...(conversion.target === undefined
      ? []
      : [`Target: ${unmarked(targetText(conversion.target, plan.currency))}`]),
    planLine(plan.file, `${place}, ${conversion.id}`),
  ].join('\n')
}

/** What stands in GTM's notes of a thing that serves the whole plan. */
export function planNotes(plan: Plan): string {
  return planLine(plan.file)
}

/** A target in a few words: `1200 per month by 2027-03-31`, `8% of sessions`. */
export function targetText(target: Target, currency: string | undefined): string {
  const amount =
    target.rate ??
    (target.amount === undefined ? String(target.count ?? '') : `${target.amount} ${currency ?? ''}`.trim())
  return [
    amount,
    ...(target.of === undefined ? [] : [`of ${target.of}`]),
    ...(target.per === undefined ? [] : [`per ${target.per}`]),
    ...(target.by === undefined ? [] : [`by ${target.by}`]),
  ].join(' ')
}
