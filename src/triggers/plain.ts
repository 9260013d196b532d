import type { Tested } from '../sources/condition.ts'
import type { GtmTrigger } from './module.ts'

/** A trigger that is nothing but its type and its conditions. */
export function plain(type: string, prefix: string, conditions: readonly Tested[] = []): GtmTrigger {
  return { template: 'plain', prefix, values: { type }, conditions }
}
