import { commonContainers, commonProperties, idsAreOnce, pairsOf } from '../check/across-plans.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import type { Io } from './io.ts'

/**
 * What is wrong between plans. They are compiled for that only where two go into one container, or into one property.
 * @param sound those of them that can be compiled
 */
export async function problemsBetween(
  plans: readonly ParsedPlan[],
  sound: readonly ParsedPlan[],
  env: Io['env'],
): Promise<readonly Diagnostic[]> {
  const sameIds = idsAreOnce(plans)
  if (sameIds.length > 0) return sameIds
  const pairs = pairsOf(sound)
  const inOneContainer = pairs.filter(([first, second]) => commonContainers(first, second).length > 0)
  const onOneProperty = pairs.filter(([first, second]) => commonProperties(first, second).length > 0)
  return [
    ...(inOneContainer.length === 0
      ? []
      : await (await import('./name-problems.ts')).nameProblems(inOneContainer, env)),
    ...(onOneProperty.length === 0
      ? []
      : (await import('./setting-problems.ts')).settingProblems(onOneProperty, env)),
  ]
}
