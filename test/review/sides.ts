/** A web shop's plan (a small one that no example plan's change reaches) before and after an edit, without files. */
import { readFileSync } from 'node:fs'
import { readTemplates } from '../../src/compile/templates.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'
import { reviewPlans } from '../../src/review/review-plans.ts'
import type { PlanChange, PlanReview, Review } from '../../src/review/review.ts'
import { sideOf, type Side } from '../../src/review/side.ts'

export const SHOP = readFileSync('test/review/shop.yaml', 'utf8')

const templates = await readTemplates(['templates/gtm'])

export async function side(text: string, file = 'plans/outfitters.yaml'): Promise<Side> {
  const source = await readPlanWith(file, () => Promise.resolve({ text }))
  return sideOf(parsePlan(source), { today: '2026-11-22', env: {}, templates })
}

/** A text with one place changed; fails when the place is not there, so that no test runs on nothing. */
export function edited(
  text: string,
  ...edits: readonly (readonly [from: string | RegExp, to: string])[]
): string {
  return edits.reduce((now, [from, to]) => {
    const next = now.replace(from, to)
    if (next === now) throw new Error(`${String(from)} is not in the plan.`)
    return next
  }, text)
}

export async function reviewOf(before: string | undefined, after: string | undefined): Promise<Review> {
  const sides = {
    ...(before === undefined ? {} : { before: await side(before) }),
    ...(after === undefined ? {} : { after: await side(after) }),
  }
  return reviewPlans([sides], 'main')
}

/** The shop's plan as it is against an edit of it. */
export function reviewOfEdit(...edits: Parameters<typeof edited>[1][]): Promise<Review> {
  return reviewOf(SHOP, edited(SHOP, ...edits))
}

export function onlyPlan(review: Review): PlanReview {
  const [plan] = review.plans
  if (plan === undefined || review.plans.length > 1)
    throw new Error(`${review.plans.length} plans in the review.`)
  return plan
}

export function changeOf(review: Review, id: string): PlanChange {
  const found = onlyPlan(review).changes.find((change) => change.id === id)
  if (found === undefined) throw new Error(`Nothing is said about ${id}.`)
  return found
}
