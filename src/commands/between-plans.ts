import { commonContainers, idsAreOnce, pairsOf } from '../check/across-plans.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import type { Io } from './io.ts'

/**
 * What is wrong between plans. They are compiled for that only where two go into one container.
 * @param sound those of them that can be compiled
 */
export async function problemsBetween(
  plans: readonly ParsedPlan[],
  sound: readonly ParsedPlan[],
  env: Io['env'],
): Promise<readonly Diagnostic[]> {
  const sameIds = idsAreOnce(plans)
  const sharing = pairsOf(sound).filter(([first, second]) => commonContainers(first, second).length > 0)
  if (sharing.length === 0 || sameIds.length > 0) return sameIds
  const { nameProblems } = await import('./name-problems.ts')
  return nameProblems(sharing, env)
}
