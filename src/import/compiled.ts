import { compile, type Compiled } from '../compile/compile.ts'
import type { Templates } from '../compile/templates.ts'
import { buildPlan } from '../plan/build.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import { hasReferences, resolveVariables } from '../plan/variables.ts'

/** What a document that stands in no file yet compiles to, in its first environment. */
export function compiledOf(document: PlanDocument, templates: Templates): Compiled {
  const [environment = ''] = Object.keys(document.environments)
  const resolved = hasReferences(document)
    ? (resolveVariables(document, environment, {}).document as PlanDocument)
    : document
  return compile(buildPlan(resolved, environment, 'plan.yaml'), templates)
}
