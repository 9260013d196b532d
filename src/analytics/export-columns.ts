/**
 * The columns of the GA4 export that are read. Tables of any year are read by name into this shape: a column that is absent is
 * null, one that is not here is ignored, and a scalar of another type is cast.
 *
 * Source: https://support.google.com/analytics/answer/7029846. `session_traffic_source_last_click` exists since July 2024,
 * `collected_traffic_source` since 2023; the sample of 2020 has neither.
 */
type Scalar = 'STRING' | 'INT64' | 'FLOAT64'
export type Shape = Scalar | readonly [Shape] | { readonly [field: string]: Shape }

const VALUE = {
  string_value: 'STRING',
  int_value: 'INT64',
  float_value: 'FLOAT64',
  double_value: 'FLOAT64',
} as const

export const EXPORT_SHAPE = {
  event_date: 'STRING',
  event_timestamp: 'INT64',
  event_name: 'STRING',
  event_params: [{ key: 'STRING', value: VALUE }],
  event_value_in_usd: 'FLOAT64',
  user_pseudo_id: 'STRING',
  privacy_info: { analytics_storage: 'STRING' },
  device: { category: 'STRING' },
  geo: { country: 'STRING' },
  traffic_source: { medium: 'STRING', source: 'STRING' },
  collected_traffic_source: { manual_source: 'STRING', manual_medium: 'STRING' },
  session_traffic_source_last_click: {
    cross_channel_campaign: { source: 'STRING', medium: 'STRING', default_channel_group: 'STRING' },
  },
  ecommerce: { purchase_revenue: 'FLOAT64', purchase_revenue_in_usd: 'FLOAT64', transaction_id: 'STRING' },
} as const satisfies Record<string, Shape>

/** Without these a table is no export. */
export const NEEDED_COLUMNS = ['event_date', 'event_timestamp', 'event_name', 'event_params'] as const

const IN_DUCKDB = { STRING: 'VARCHAR', INT64: 'BIGINT', FLOAT64: 'DOUBLE' } as const

/** DuckDB's word for a shape, such as STRUCT(category VARCHAR). */
export function duckdbType(shape: Shape): string {
  if (typeof shape === 'string') return IN_DUCKDB[shape]
  if (isList(shape)) return `${duckdbType(shape[0])}[]`
  const fields = Object.entries(shape).map(([name, field]) => `${name} ${duckdbType(field)}`)
  return `STRUCT(${fields.join(', ')})`
}

/** A column as a table has it; a struct's columns stand below it. */
export interface Column {
  readonly name: string
  readonly fields: readonly Column[]
}

/** What BigQuery reads into the shape, of a table that has these columns: `SAFE_CAST(…) AS event_date`, one a column. */
export function bigqueryColumns(columns: readonly Column[]): readonly string[] {
  return Object.entries<Shape>(EXPORT_SHAPE).map(
    ([name, shape]) => `${bigqueryValue(shape, name, named(columns, name))} AS ${name}`,
  )
}

function bigqueryValue(shape: Shape, path: string, column: Column | undefined): string {
  if (typeof shape === 'string') return `SAFE_CAST(${column === undefined ? 'NULL' : path} AS ${shape})`
  // Only event_params is a list, and without it a table is no export.
  if (isList(shape)) return path
  const fields = Object.entries(shape).map(
    ([name, field]) =>
      `${bigqueryValue(field, `${path}.${name}`, named(column?.fields ?? [], name))} AS ${name}`,
  )
  return `STRUCT(${fields.join(', ')})`
}

const named = (columns: readonly Column[], name: string): Column | undefined =>
  columns.find((column) => column.name === name)

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape)
}
