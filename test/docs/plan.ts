/** A plan of the tests, checked by nobody: built as a command builds it. */
import { readFileSync } from 'node:fs'
import { compile } from '../../src/compile/compile.ts'
import { readTemplates } from '../../src/compile/templates.ts'
import { pageOf, type PageSources } from '../../src/docs/page-of.ts'
import type { Page } from '../../src/docs/page.ts'
import { buildPlan } from '../../src/plan/build.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { readPlanWith } from '../../src/plan/read.ts'

export async function planOf(text: string, environment = 'staging', file = 'plans/shop.yaml'): Promise<Plan> {
  return (await builtFrom(text, environment, file)).plan
}

async function builtFrom(
  text: string,
  environment: string,
  file: string,
): Promise<Pick<PageSources, 'plan' | 'document'>> {
  const source = await readPlanWith(file, () => Promise.resolve({ text }))
  const document = parsePlan(source).document as PlanDocument
  return { plan: buildPlan(document, environment, file), document }
}

/** The documents of a plan as a value, with what it compiles to. */
export async function documentsOf(
  text: string,
  file = 'plans/shop.yaml',
  history: PageSources['history'] = new Map(),
): Promise<Page> {
  const built = await builtFrom(text, 'staging', file)
  const { resources } = compile(built.plan, await readTemplates(['templates/gtm']))
  return pageOf({ ...built, resources, history })
}

export const SHOP = readFileSync('test/docs/shop.yaml', 'utf8')

/** What conversions ask of the data layer beside plain keys: patterns, lists, conditions, several on one push. */
export const LISTENERS = readFileSync('test/docs/listeners.yaml', 'utf8')
