import type { Diagnostic } from '../plan/diagnostic.ts'
import { isMade, type ChangeSet } from '../resources/change-set.ts'
import { some } from '../words/counting.ts'

export interface Permissions {
  readonly allowDelete: boolean
  readonly force: boolean
  /** Conversions that may be changed although the plan protects them. */
  readonly allow?: readonly string[]
}

/** Of this many owned things or more, deleting more than that share is a mistake more often than not. */
const MANY = 10
const LARGE_SHARE = 0.3

/** What a change set needs leave for. Errors when it may not be carried out. */
export function checkChangeSet(
  changeSet: ChangeSet,
  { allowDelete, force, allow = [] }: Permissions,
): readonly Diagnostic[] {
  const deleted = changeSet.changes.filter((change) => change.action === 'delete' && change.held !== true)
  const { owned } = changeSet.summary
  const diagnostics: Diagnostic[] = []
  const guarded = changeSet.changes.filter(isMade).flatMap(({ protected: id }) => id ?? [])
  for (const id of [...new Set(guarded)].filter((each) => !allow.includes(each)))
    diagnostics.push({
      severity: 'error',
      code: 'protected-needs-its-name',
      message: `The plan protects "${id}", and this would change or delete it.`,
      fix: `add --allow ${id} if that is meant`,
    })
  if (deleted.length > 0 && !allowDelete) {
    diagnostics.push({
      severity: 'error',
      code: 'deletes-need-permission',
      message: `This would delete ${some(
        deleted.map((change) => `"${change.name}"`),
        5,
      )}.`,
      fix: 'add --allow-delete if that is meant; if an id was renamed in the plan, say so with "was: old_id"',
    })
  }
  if (owned >= MANY && deleted.length > owned * LARGE_SHARE && !force) {
    const share = Math.round((100 * deleted.length) / owned)
    diagnostics.push({
      severity: 'error',
      code: 'deletes-a-large-part',
      message: `This would delete ${deleted.length} of the ${owned} things that the plan owns (${share} %).`,
      fix: 'make sure that this is the right plan and environment, then add --force',
    })
  }
  return diagnostics
}
