/** A plan of the tests, checked by nobody: built as a command builds it. */
import { readFileSync } from 'node:fs'
import { buildPlan } from '../../src/plan/build.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { readPlanWith } from '../../src/plan/read.ts'

export async function planOf(text: string, environment = 'staging', file = 'plans/shop.yaml'): Promise<Plan> {
  const source = await readPlanWith(file, () => Promise.resolve({ text }))
  return buildPlan(parsePlan(source).document as PlanDocument, environment, file)
}

export const SHOP = readFileSync('test/docs/shop.yaml', 'utf8')
