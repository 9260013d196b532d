/**
 * For teams with tests of their own: what the site pushes to the data layer, held against the plan.
 *
 *   const findingsIn = await planPushes('plans/shop.yaml')
 *   expect(findingsIn({ event: 'purchase', ecommerce })).toEqual([])
 *
 * The same findings as `plan check-push` gives, push by push.
 */
import { loadPlan } from './commands/load-plan.ts'
import { quietIo } from './commands/quiet-io.ts'
import { pushChecker } from './docs/check-push.ts'
import { contractOf } from './docs/contract.ts'
import type { PushFinding } from './docs/push-finding.ts'

export type { PushFinding }

export interface PushOptions {
  readonly environment?: string
  /** What `${NAME}` in the plan stands for; usually the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/**
 * What says of a push, or of each of a list of pushes (`window.dataLayer`), what is wrong with it; nothing for one that the
 * plan does not know. Throws the findings of a plan that cannot be used.
 * @param plan path of the plan file
 */
export async function planPushes(
  plan: string,
  { environment, env = {} }: PushOptions = {},
): Promise<(push: unknown) => readonly PushFinding[]> {
  const loaded = await loadPlan(plan, environment === undefined ? {} : { environment }, quietIo(env))
  const check = pushChecker(contractOf(loaded.plan))
  return (push) => (Array.isArray(push) ? push.flatMap(check) : check(push))
}
