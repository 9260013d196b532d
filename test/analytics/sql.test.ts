import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { rowsSelect } from '../../src/analytics/rows.ts'
import { askedRows } from '../../src/analytics/asked.ts'
import { selfContained, sourceSelect } from '../../src/analytics/bigquery.ts'
import { readStatements } from '../../src/analytics/statements.ts'
import { JANUARY, SQL, storePlan } from './measure-sample.ts'

const files = readdirSync(SQL).filter((file) => file.endsWith('.sql'))
const text = (file: string): string => readFileSync(`${SQL}/${file}`, 'utf8')
const shared = files.filter((file) => !/\.(duckdb|bigquery)\.sql$/.test(file))

/** Words that only one engine knows, or that mean something else in each. */
const FORBIDDEN =
  /\b(UNNEST|SAFE_CAST|TRY_CAST|DATE_DIFF|DATE_TRUNC|TIMESTAMP_DIFF|ISOWEEK|INTERVAL|STRUCT|EXCEPT|EXCLUDE|SAFE_OFFSET|ANY_VALUE|ARG_MIN|ARG_MAX|APPROX_\w+|REGEXP_EXTRACT|_TABLE_SUFFIX|FARM_FINGERPRINT|MD5|LIST_\w+|MEDIAN|QUANTILE_CONT|FILTER|QUALIFY|EPOCH|STRPTIME|VARCHAR|DOUBLE|BIGINT)\b|::|`|\\/i

test.each(shared)('%s is written in the words of both engines', (file) => {
  const statement = text(file).replaceAll(/^--.*$/gm, '')
  expect(FORBIDDEN.exec(statement)?.[0]).toBeUndefined()
})

test.each(files)('%s says what it asks, from what, and what comes out', (file) => {
  if (file.startsWith('prelude')) return
  expect(text(file)).toMatch(/^-- [\s\S]*?\n-- in: {2}[\s\S]*?\n-- out: /)
})

test('each engine’s own texts have a twin', () => {
  const own = (dialect: string) =>
    files.filter((file) => file.endsWith(`.${dialect}.sql`)).map((file) => file.replace(`.${dialect}`, ''))
  expect(own('duckdb').filter((file) => file !== 'prelude.sql')).toEqual(own('bigquery'))
})

describe('parsed in both dialects', () => {
  let parse: (sql: string, dialect: 'bigquery' | 'duckdb') => string[]
  beforeAll(async () => {
    const sdk = await import('@polyglot-sql/sdk')
    await sdk.init?.()
    parse = (sql, dialect) => {
      const result = sdk.validate(sql, dialect as never)
      return result.valid ? [] : result.errors.map(({ message }) => message)
    }
  })

  test.each(shared)('%s', (file) => {
    expect(parse(text(file), 'bigquery')).toEqual([])
    expect(parse(text(file), 'duckdb')).toEqual([])
  })
  test.each(files.filter((file) => file.endsWith('.bigquery.sql')))('%s', (file) =>
    expect(parse(text(file), 'bigquery')).toEqual([]),
  )
  test('what reads the export, whole, as it is sent', async () => {
    const { relations } = await readStatements(SQL, 'bigquery')
    const rows = askedRows(await storePlan(), { periods: [JANUARY], span: JANUARY }, 'bigquery')
    const made = [...[...rows].map(([name, sql]) => ({ name, sql, kept: true })), ...relations]
    const columns = ['event_date', 'event_params', 'device'].map((name) => ({ name, fields: [] }))
    const source = sourceSelect('shop.analytics_345', columns, '20210101', '20210201')
    for (const relation of made) expect(parse(selfContained(relation, source, made), 'bigquery')).toEqual([])
  })
  test('a broken text is noticed', () => expect(parse('SELECT FROM WHERE', 'bigquery')).not.toEqual([]))
})

test('no text of a plan breaks out of its row', () => {
  const evil = "it's \\' OR 1=1 --\n${x}"
  expect(rowsSelect('duckdb', { id: 'STRING' }, [{ id: evil }])).toBe(
    `SELECT CAST('it''s \\'' OR 1=1 --\n\${x}' AS STRING) AS id`,
  )
  expect(rowsSelect('bigquery', { id: 'STRING' }, [{ id: evil }])).toBe(
    `SELECT CAST('it\\'s \\\\\\' OR 1=1 --\\n\${x}' AS STRING) AS id`,
  )
})
