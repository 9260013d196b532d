import { compile, type Compiled } from '../compile/compile.ts'
import type { Templates } from '../compile/templates.ts'
import { buildPlan } from '../plan/build.ts'
import type { PlanDocument } from '../plan/plan-types.ts'

/** What a document that stands in no file yet compiles to, in its first environment. */
export function compiledOf(document: PlanDocument, templates: Templates): Compiled {
  const [environment = ''] = Object.keys(document.environments)
  return compile(buildPlan(document, environment, 'plan.yaml'), templates)
}
