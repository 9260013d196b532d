/**
 * Who moved, told without a state file from the hash of what was last applied:
 *
 *   desired has another hash ─ the plan changed      live has another hash ─ somebody changed it at Google
 */
import type { Cause, FieldChange } from '../resources/change-set.ts'
import { hashOf } from '../resources/marker.ts'
import { withoutFile } from '../resources/plan-line.ts'
import type { Resource } from '../resources/resource.ts'
import { fieldChanges } from './field-changes.ts'

export type Comparable = Pick<Resource, 'name' | 'spec' | 'notes' | 'protected'>

/** @param applied the hash of what was last applied; without it nobody can tell, and it counts as the plan's doing. */
export function causeOf(desired: Comparable, live: Comparable, applied: string | undefined): Cause {
  if (applied === undefined || hashOf(live) === applied) return 'plan'
  return hashOf(desired) === applied ? 'drift' : 'both'
}

/** Every field that differs. Notes that differ only in the plan's file do not. */
export function differences(live: Comparable, desired: Comparable): readonly FieldChange[] {
  const isSaid = withoutFile(live.notes) === withoutFile(desired.notes)
  return fieldChanges(flat(live), flat(isSaid ? { ...desired, notes: live.notes } : desired))
}

/** The fields of something that comes into being or goes, without the empty ones. */
export function allFields(resource: Comparable, which: 'before' | 'after'): readonly FieldChange[] {
  const fields = fieldChanges(
    { parameters: {}, settings: {} },
    { parameters: {}, settings: {}, ...flat(resource) },
  )
  return fields
    .filter(({ path, after }) => path !== 'name' && !isEmpty(after))
    .map(({ path, after }) => (which === 'after' ? { path, after } : { path, before: after }))
}

function flat({ name, spec, notes, protected: isProtected }: Comparable): object {
  return { ...spec, name, notes, ...(isProtected === true ? { protected: true } : {}) }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '' || value === false) return true
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
