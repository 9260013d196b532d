import { canonicalJson } from '../resources/canonical-json.ts'
import type { FieldChange } from '../resources/change-set.ts'
import { isRecord } from '../resources/is-record.ts'

type Record = { readonly [field: string]: unknown }

/** Every field that differs, sorted by path; paths use dots and brackets. */
export function fieldChanges(before: unknown, after: unknown, path = ''): readonly FieldChange[] {
  // What is not there is not null: a list of one null has an entry more than an empty one.
  if (canonicalJson([before]) === canonicalJson([after]) && (before === undefined) === (after === undefined))
    return []
  if (isRecord(before) && isRecord(after)) {
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    return fields.flatMap((field) => fieldChanges(before[field], after[field], join(path, field)))
  }
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path)
  return [
    {
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ]
}

/**
 * Rows of a table are told apart by their name, so that one inserted row is one change and not a change of every
 * row below it.
 */
function listChanges(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): readonly FieldChange[] {
  const column = ROW_NAMES.find((name) => isTable(before, name) && isTable(after, name))
  if (column === undefined) {
    const length = Math.max(before.length, after.length)
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      fieldChanges(before[index], after[index], `${path}[${index}]`),
    )
  }
  const namesBefore = before.map((row) => String((row as Record)[column]))
  const namesAfter = after.map((row) => String((row as Record)[column]))
  const rows = [...namesAfter, ...namesBefore.filter((name) => !namesAfter.includes(name))]
  const changes = rows.flatMap((name) => {
    const [from, to] = [namesBefore.indexOf(name), namesAfter.indexOf(name)]
    return fieldChanges(before[from], after[to], `${path}[${to === -1 ? from : to}]`)
  })
  if (changes.length > 0) return changes
  return [{ path, before: namesBefore, after: namesAfter }]
}

const ROW_NAMES = ['parameter', 'name', 'key']

function isTable(rows: readonly unknown[], column: string): boolean {
  const names = rows.map((row) => (isRecord(row) ? row[column] : undefined))
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length
}

function join(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`
}
