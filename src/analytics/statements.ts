/** The SQL texts: which there are, in which order they build on one another, and what each question answers with. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Relation } from './engine.ts'
import type { Dialect } from './rows.ts'

/** A relation before its text is read. */
interface Listed extends Omit<MadeRelation, 'sql' | 'kept'> {
  readonly file: string | Readonly<Record<Dialect, string>>
  readonly kept: boolean | Readonly<Record<Dialect, boolean>>
}

/**
 * What the questions stand on, in the order it is made.
 *
 *   source ─▶ ev ─▶ se ─┐
 *   source ─▶ planned ─▶ pa ─▶ hit ─▶ did, occurrence        se ─▶ sliced
 *   source ─▶ exposure
 */
const RELATIONS = [
  {
    name: 'ev',
    file: { duckdb: 'staging.duckdb', bigquery: 'staging.bigquery' },
    kept: { duckdb: false, bigquery: true },
    fromExport: [],
  },
  { name: 'se', file: 'se', kept: true },
  {
    name: 'planned',
    file: { duckdb: 'planned.duckdb', bigquery: 'planned.bigquery' },
    kept: true,
    fromExport: ['conversion', 'wanted'],
  },
  { name: 'pa', file: { duckdb: 'pa.duckdb', bigquery: 'pa.bigquery' }, kept: true },
  { name: 'hit', file: 'hit', kept: true },
  { name: 'did', file: 'did', kept: true },
  { name: 'occurrence', file: 'occurrence', kept: true },
  { name: 'sliced', file: 'sliced', kept: true },
  {
    name: 'exposure',
    file: { duckdb: 'exposure.duckdb', bigquery: 'exposure.bigquery' },
    kept: { duckdb: false, bigquery: true },
    fromExport: ['trial'],
    only: 'variants',
  },
] as const satisfies readonly Listed[]

export const QUESTIONS = [
  'days',
  'visits',
  'names',
  'users',
  'daily',
  'units',
  'reached',
  'funnel',
  'timing',
  'before',
  'patterns',
  'buyers',
  'parameters',
  'variants',
] as const
export type Question = (typeof QUESTIONS)[number]

export interface MadeRelation extends Relation {
  /** Made for this question alone. */
  readonly only?: Question
}

export interface Statements {
  /** DuckDB only: what has to be said before anything else. */
  readonly prelude: string
  readonly relations: readonly MadeRelation[]
  readonly questions: Readonly<Record<Question, string>>
  /** For other tools: what the scorecard makes of two questions itself. */
  readonly rates: string
}

/** Reads the texts for one engine. @param folder holds the .sql files. */
export async function readStatements(folder: string, dialect: Dialect): Promise<Statements> {
  const read = (file: string): Promise<string> => readFile(join(folder, `${file}.sql`), 'utf8')
  const relations = await Promise.all(
    RELATIONS.map(async ({ name, file, kept, ...rest }) => ({
      name,
      ...rest,
      sql: await read(typeof file === 'string' ? file : file[dialect]),
      kept: typeof kept === 'boolean' ? kept : kept[dialect],
    })),
  )
  const questions = await Promise.all(QUESTIONS.map(async (name) => [name, await read(name)] as const))
  return {
    prelude: dialect === 'duckdb' ? await read('prelude.duckdb') : '',
    relations,
    questions: Object.fromEntries(questions) as Record<Question, string>,
    rates: await read('rates'),
  }
}
