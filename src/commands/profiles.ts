import type { CheckOptions } from '../check/check.ts'

/** How much is asked of a plan: what `--profile` takes, from little to much. */
export type Profile = NonNullable<CheckOptions['profile']>

export const PROFILES: readonly Profile[] = ['minimal', 'recommended', 'strict']
