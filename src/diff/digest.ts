import { createHash } from 'node:crypto'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { ChangeSet } from '../resources/change-set.ts'

/** sha256 of everything in a change set but the digest itself. */
export function digestOf(changeSet: Omit<ChangeSet, 'digest'>): string {
  const rest = Object.entries(changeSet).filter(([field]) => field !== 'digest')
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(rest)))
    .digest('hex')
}
