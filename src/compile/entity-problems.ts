/** What keeps an entity that a template rendered from being one of GTM's, in words. */
import { fieldProblems, type FieldProblem } from '../facts/entity-fields.ts'
import type { PlannedEntity } from './planned-entity.ts'

/** What is wrong with an entity that a template rendered; empty when nothing is. */
export function entityProblems(kind: PlannedEntity['kind'], entity: unknown, name: string): string[] {
  const problems = fieldProblems(kind, entity, 'api').map(inWords)
  if (problems.length > 0) return problems
  const rendered = (entity as { readonly name?: unknown }).name
  return rendered === name ? [] : ['The name must be {{text name}}: references and the plan know it by that.']
}

function inWords({ steps, says }: FieldProblem): string {
  const path = steps.map((step, index) =>
    typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
  )
  return `${path.join('')} ${says}.`
}
