/** Where statements run. DuckDB in this process and BigQuery are the two there are. */
import type { Dialect } from './rows.ts'

/** A row as it comes back: whole numbers that fit are numbers, whatever the engine calls them. */
export type Row = Readonly<Record<string, string | number | boolean | null>>

/** Something to ask: rows of the plan, or a text of ours. */
export interface Relation {
  readonly name: string
  /** A SELECT. */
  readonly sql: string
  /** A table, made once; else a view, read anew by each question. */
  readonly kept: boolean
  /** Reads `source`, and of the other relations only these. Absent: reads no export. */
  readonly fromExport?: readonly string[]
}

export interface Engine {
  readonly dialect: Dialect
  /**
   * Makes `source`, the rows of the export, with absent columns null, for the days first <= day < end; then the relations, in
   * their order.
   */
  readonly prepare: (first: number, end: number, relations: readonly Relation[]) => Promise<void>
  readonly ask: (sql: string) => Promise<readonly Row[]>
  /** The first and the last day that the source holds, such as 20210131, whatever days were asked for. Absent where asking would cost. */
  readonly holds?: () => Promise<{ readonly first: string; readonly last: string } | undefined>
  readonly close: () => Promise<void>
}
