/** Where statements run. DuckDB in this process and BigQuery are the two there are. */
import type { Dialect } from './rows.ts'

/** A row as it comes back: whole numbers that fit are numbers, whatever the engine calls them. */
export type Row = Readonly<Record<string, string | number | boolean | null>>

export interface Engine {
  readonly dialect: Dialect
  /** Makes `source`, the rows of the export, with absent columns null, for the days first <= day < end. */
  readonly open: (first: number, end: number) => Promise<void>
  /** Makes a relation of this name from a SELECT: a table when it is kept, else a view. */
  readonly define: (name: string, sql: string, kept: boolean) => Promise<void>
  readonly ask: (sql: string) => Promise<readonly Row[]>
  readonly close: () => Promise<void>
}
