/**
 * One row of the GA4 export (https://support.google.com/analytics/answer/7029846), read as a report needs it. Integers may be
 * text, as BigQuery's own JSON extracts write them; a field that a row lacks is absent.
 */
import { isObject, type Entity } from '../shape.ts'

export interface ExportEvent {
  readonly day: string
  readonly name: string
  readonly user: string
  /** User and `ga_session_id`: the id alone is not unique. Undefined without consent. */
  readonly session: string | undefined
  readonly row: Entity
  readonly parameters: ReadonlyMap<string, string>
  readonly userProperties: ReadonlyMap<string, string>
}

export function readExportEvent(row: unknown): ExportEvent {
  const { event_date: day, event_name: name } = isObject(row) ? row : {}
  if (!isObject(row) || !/^\d{8}$/.test(String(day)) || typeof name !== 'string')
    throw new Error('A row of the export has an event_date like 20260131 and an event_name.')
  const parameters = valuesOf(row['event_params'])
  const user = textOf(row['user_pseudo_id']) ?? ''
  const id = parameters.get('ga_session_id')
  return {
    day: String(day),
    name,
    user,
    session: user === '' || id === undefined ? undefined : `${user} ${id}`,
    row,
    parameters,
    userProperties: valuesOf(row['user_properties']),
  }
}

/** The first of the value columns that is not null. */
function valuesOf(list: unknown): Map<string, string> {
  const entries = (Array.isArray(list) ? (list as unknown[]) : []).flatMap((item): [string, string][] => {
    if (!isObject(item) || !isObject(item['value'])) return []
    const { string_value, int_value, float_value, double_value } = item['value']
    const value = textOf(string_value ?? int_value ?? float_value ?? double_value)
    return value === undefined ? [] : [[String(item['key']), value]]
  })
  return new Map(entries)
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined

/** `device.web_info.hostname` of a row. */
export function fieldOf(row: Entity, path: string): string | undefined {
  let value: unknown = row
  for (const name of path.split('.')) value = isObject(value) ? value[name] : undefined
  return textOf(value)
}
