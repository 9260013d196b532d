/** Rows of the plan as SELECT texts that both engines take: what varies in a question is a row, never the question. */
export type Dialect = 'duckdb' | 'bigquery'
export type Cell = string | number | boolean | null
export type ColumnType = 'STRING' | 'INT64' | 'BOOL'
export type Columns = Readonly<Record<string, ColumnType>>

/** One SELECT a row, joined by UNION ALL; a SELECT without rows where there is none. */
export function rowsSelect(
  dialect: Dialect,
  columns: Columns,
  rows: readonly Readonly<Record<string, Cell>>[],
): string {
  const names = Object.keys(columns)
  if (rows.length === 0) {
    const nothing = names.map((name) => `CAST(NULL AS ${columns[name]}) AS ${name}`).join(', ')
    return `SELECT ${nothing} FROM (SELECT 1 AS one) AS nothing WHERE FALSE`
  }
  const lines = rows.map((row) => {
    const cells = names.map(
      (name) => `CAST(${literal(dialect, row[name] ?? null)} AS ${columns[name]}) AS ${name}`,
    )
    return `SELECT ${cells.join(', ')}`
  })
  return lines.join('\nUNION ALL\n')
}

function literal(dialect: Dialect, cell: Cell): string {
  if (cell === null) return 'NULL'
  return typeof cell === 'string' ? quoted(dialect, cell) : String(cell).toUpperCase()
}

/** A text as a literal. BigQuery reads backslashes as escapes, DuckDB does not. */
export function quoted(dialect: Dialect, text: string): string {
  if (dialect === 'duckdb') return `'${text.replaceAll("'", "''")}'`
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
  return `'${escaped}'`
}
