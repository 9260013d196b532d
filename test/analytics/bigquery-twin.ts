/** Teaches the sandbox to answer our own statements as BigQuery would: with the rows that their twins give on DuckDB. */
import { createHash } from 'node:crypto'
import { ask, relationsFor } from '../../src/analytics/ask.ts'
import { findDataFiles } from '../../src/analytics/data-files.ts'
import { openDuckdb } from '../../src/analytics/duckdb.ts'
import type { Asked } from '../../src/analytics/asked.ts'
import type { Days } from '../../src/analytics/measure.ts'
import { readStatements, type Question } from '../../src/analytics/statements.ts'
import type { MeasuredPlan } from '../../src/analytics/measured-plan.ts'
import { SQL } from './measure-sample.ts'

/** A table of today's export as BigQuery describes it, shortened; the sample of 2020 lacks the columns that came later. */
export const COLUMNS = [
  ...['event_date', 'event_timestamp', 'event_name', 'event_params', 'user_pseudo_id', 'event_value_in_usd'],
].map((name) => ({ name, type: name === 'event_timestamp' ? 'INTEGER' : 'STRING' }))

/** Bytes that each statement which reads the export says it reads. */
export const BYTES = 5e9

/** What `POST /_sandbox/bigquery` takes for these questions. @param days of which there are tables */
export async function twinOf(
  files: readonly string[],
  measured: MeasuredPlan,
  asked: Asked,
  span: Days,
  questions: readonly Question[],
  dataset: string,
  days: readonly string[],
): Promise<object> {
  const statements = await readStatements(SQL, 'duckdb')
  const engine = await openDuckdb(await findDataFiles(files), statements.prelude)
  const answers = await ask(engine, statements, measured, asked, span, questions).finally(() =>
    engine.close(),
  )
  const texts = (await readStatements(SQL, 'bigquery')).questions
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
  const made = relationsFor(statements, measured, asked, questions, 'bigquery')
  return {
    answers: [
      ...questions.map((name) => ({ sha256: sha256(texts[name]), rows: answers[name] })),
      { name: 'rows' },
      ...made.map(({ name, fromExport }) => ({ name, bytes: fromExport === undefined ? 0 : BYTES })),
    ],
    tables: Object.fromEntries(
      days.map((day) => [`${dataset}.events_${day}`, { schema: { fields: COLUMNS } }]),
    ),
  }
}
