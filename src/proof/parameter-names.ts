import { conversionsOf, type Plan } from '../plan/plan.ts'
import { exampleEcommerce } from './example-values.ts'

/** Names under which a hit of the plan may carry something: its own, and what an ecommerce object brings. */
export function parameterNames(plan: Plan): readonly string[] {
  const own = conversionsOf(plan).flatMap(({ parameters }) => parameters.map(({ name }) => name))
  const dictionary = [...plan.parameters, ...plan.sharedParameters].map(({ name }) => name)
  const brought = [...Object.keys(exampleEcommerce(plan)), 'tax', 'shipping', 'shipping_tier', 'coupon']
  return [...new Set([...own, ...dictionary, ...brought])]
}
