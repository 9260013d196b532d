/** DuckDB inside this process: the one place that loads it, and the one that speaks of files to it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as duckdb from '@duckdb/node-api'
import type { DataFile } from './data-files.ts'
import { dayText } from './days.ts'
import type { Engine, Row } from './engine.ts'
import { duckdbType, EXPORT_SHAPE, NEEDED_COLUMNS, type Shape } from './export-columns.ts'
import { AnalyticsError } from './failure.ts'
import { loadOptional } from '../optional/optional.ts'
import { quoted } from './rows.ts'

/**
 * Opens DuckDB over export files. Throws AnalyticsError when DuckDB is not installed, or when the files are no export.
 * @param prelude the macros that the shared texts need
 */
export async function openDuckdb(files: readonly DataFile[], prelude: string): Promise<Engine> {
  const { DuckDBInstance } = await loadDuckdb()
  const spill = await mkdtemp(join(tmpdir(), 'plan-duckdb-'))
  // In a file: what is made of the export is packed there, and leaves the memory as soon as it is needed for something else.
  const instance = await DuckDBInstance.create(join(spill, 'work.duckdb'), {
    temp_directory: spill,
    preserve_insertion_order: 'false',
    // Built-in extensions are enough; nothing is ever fetched.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  await limitMemory(connection)
  await connection.run(prelude)
  return engineOver(instance, connection, spill, files)
}

/**
 * DuckDB would take four fifths of the machine's memory before it writes to the disk, whatever else runs there: half of what is
 * free is enough.
 */
async function limitMemory(connection: duckdb.DuckDBConnection): Promise<void> {
  const reader = await connection.runAndReadAll(
    "SELECT value FROM duckdb_settings() WHERE name = 'memory_limit'",
  )
  const own = memoryIn(String(reader.getRows()[0]?.[0]))
  const half = Math.max(freemem() / 2, LEAST_MEMORY)
  if (half < own) await connection.run(`SET memory_limit = '${Math.round(half / 1_000_000)}MB'`)
}

const LEAST_MEMORY = 1_000_000_000

/** Bytes in `18.8 GiB`; infinite for what is no amount. */
function memoryIn(text: string): number {
  const [, amount = '', unit = ''] = /^([0-9.]+) ([KMGT])iB$/.exec(text) ?? []
  return amount === '' ? Infinity : Number(amount) * 1024 ** (1 + 'KMGT'.indexOf(unit))
}

function engineOver(
  instance: duckdb.DuckDBInstance,
  connection: duckdb.DuckDBConnection,
  spill: string,
  files: readonly DataFile[],
): Engine {
  const ask = async (sql: string): Promise<readonly Row[]> => {
    const reader = await connection.runAndReadAll(sql).catch((cause: unknown) => {
      throw readable(cause, files)
    })
    const names = reader.columnNames()
    return reader
      .getRows()
      .map((cells) => Object.fromEntries(names.map((name, i) => [name, cellOf(cells[i])])))
  }
  return {
    dialect: 'duckdb',
    ask,
    prepare: async (first, end, relations) => {
      await mustBeExport(ask, files)
      await ask(`CREATE VIEW source AS ${sourceSelect(files, first, end)}`)
      for (const { name, sql, kept } of relations)
        await ask(`CREATE ${kept ? 'TABLE' : 'VIEW'} ${name} AS ${sql}`)
    },
    holds: async () => {
      const readers = readersOf(files).map((reader) => `SELECT event_date FROM ${reader}`)
      const [row] = await ask(
        `SELECT CAST(MIN(event_date) AS VARCHAR) AS first, CAST(MAX(event_date) AS VARCHAR) AS last FROM (${readers.join(' UNION ALL ')})`,
      )
      return typeof row?.['first'] === 'string' && typeof row['last'] === 'string'
        ? { first: row['first'], last: row['last'] }
        : undefined
    },
    close: async () => {
      connection.closeSync()
      instance.closeSync()
      await rm(spill, { recursive: true, force: true })
    },
  }
}

async function loadDuckdb(): Promise<typeof duckdb> {
  try {
    return await loadOptional('@duckdb/node-api', () => import('@duckdb/node-api'), '.')
  } catch {
    throw new AnalyticsError(
      'duckdb-is-missing',
      'Files are read with DuckDB, which is not installed: it is 70 MB and only the scorecard needs it.',
      'npm install @duckdb/node-api (or use BigQuery or the Data API as source).',
    )
  }
}

/** The columns of a file of what GA4 cannot see. The first three are needed. */
const OUTSIDE_COLUMNS = ['conversion', 'day', 'count', 'value', 'channel', 'device', 'market'] as const

/** Reads files of what GA4 cannot see, every cell as text; a column that a file lacks is null. Rows keep their file and their place in it. */
export async function readOutsideRows(files: readonly DataFile[]): Promise<readonly Row[]> {
  const { DuckDBInstance } = await loadDuckdb()
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' })
  const connection = await instance.connect()
  try {
    const rows: Row[] = []
    for (const file of files) {
      if (file.kind === 'json') throw notOutside(file.path, 'it is JSON')
      const path = quoted('duckdb', file.path)
      const reader =
        file.kind === 'csv' ? `read_csv(${path}, header = true, all_varchar = true)` : `read_parquet(${path})`
      const ask = async (sql: string): Promise<readonly Row[]> => {
        const result = await connection.runAndReadAll(sql).catch((cause: unknown) => {
          throw readable(cause, [file])
        })
        const names = result.columnNames()
        return result
          .getRows()
          .map((cells) => Object.fromEntries(names.map((name, i) => [name, cellOf(cells[i])])))
      }
      const has = (await ask(`DESCRIBE SELECT * FROM ${reader}`)).map(({ column_name }) => column_name)
      const missing = OUTSIDE_COLUMNS.slice(0, 3).filter((name) => !has.includes(name))
      if (missing.length > 0) throw notOutside(file.path, `it has no column ${missing.join(', ')}`)
      const cells = OUTSIDE_COLUMNS.map(
        (name) => `${has.includes(name) ? `CAST(${name} AS VARCHAR)` : 'NULL'} AS ${name}`,
      )
      const found = await ask(`SELECT ${cells.join(', ')} FROM ${reader}`)
      rows.push(...found.map((row, index) => ({ ...row, file: file.path, place: index + 1 })))
    }
    return rows
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function notOutside(path: string, why: string): AnalyticsError {
  return new AnalyticsError(
    'not-an-outside-file',
    `${path} cannot be used: ${why}.`,
    'give a CSV or Parquet file with the columns conversion, day, count and, if known, value, channel, device, market.',
  )
}

const COLUMNS = Object.entries<Shape>(EXPORT_SHAPE).map(([name, shape]) => [name, duckdbType(shape)] as const)

/** The rows of the files in the export's shape: a select without rows says the shape, the files fill it by name. */
export function sourceSelect(files: readonly DataFile[], first: number, end: number): string {
  const shape = COLUMNS.map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`)
  const parts = [
    `SELECT ${shape.join(', ')} WHERE FALSE`,
    ...readersOf(files).map((reader) => `SELECT * FROM ${reader}`),
  ]
  const names = COLUMNS.map(([name]) => name).join(', ')
  return `SELECT ${names} FROM (${parts.join(' UNION ALL BY NAME ')}) WHERE event_date >= '${dayText(first, '')}' AND event_date < '${dayText(end, '')}'`
}

function readersOf(files: readonly DataFile[]): string[] {
  const list = (kind: DataFile['kind']): string =>
    files
      .filter((file) => file.kind === kind)
      .map(({ path }) => quoted('duckdb', path))
      .join(', ')
  const columns = COLUMNS.map(([name, type]) => `${name}: '${type}'`)
  const parquet = list('parquet')
  const json = list('json')
  return [
    ...(parquet === '' ? [] : [`read_parquet([${parquet}], union_by_name = true)`]),
    // Types are said, not guessed: the guess makes numbers text and forgets value fields that the first rows lack.
    ...(json === ''
      ? []
      : [`read_json([${json}], columns = {${columns.join(', ')}}, maximum_object_size = 67108864)`]),
  ]
}

/** A file without the columns of the export would read as nothing but nulls: better to say so. */
async function mustBeExport(ask: Engine['ask'], files: readonly DataFile[]): Promise<void> {
  const other = files.find(({ kind }) => kind === 'csv')
  if (other !== undefined) throw notAnExport(other.path, 'it is neither Parquet nor JSON')
  for (const { path, kind } of files) {
    const columns =
      kind === 'parquet'
        ? (await ask(`DESCRIBE SELECT * FROM read_parquet(${quoted('duckdb', path)})`)).map(
            ({ column_name }) => column_name,
          )
        : await jsonKeys(ask, path)
    const missing = NEEDED_COLUMNS.filter((name) => !columns.includes(name))
    if (missing.length > 0) throw notAnExport(path, `it has no column ${missing.join(', ')}`)
  }
}

async function jsonKeys(ask: Engine['ask'], path: string): Promise<readonly Row[string][]> {
  const rows = await ask(
    `SELECT UNNEST(json_keys(json)) AS key FROM (SELECT json FROM read_json_objects(${quoted('duckdb', path)}, maximum_object_size = 67108864) LIMIT 1)`,
  )
  return rows.map(({ key }) => key ?? null)
}

function notAnExport(path: string, why: string): AnalyticsError {
  return new AnalyticsError(
    'not-an-export',
    `${path} is no GA4 export: ${why}.`,
    'name files of the BigQuery export of GA4 (tables events_YYYYMMDD), as Parquet, newline-delimited JSON or the console’s JSON.',
  )
}

/** DuckDB's own words name the file and the line; what is added is the way out. */
function readable(cause: unknown, files: readonly DataFile[]): Error {
  const message = cause instanceof Error ? cause.message : String(cause)
  const first = message.split('\n')[0] ?? message
  const about = files.find(({ path }) => message.includes(path))
  if (/^Out of Memory/i.test(message))
    return new AnalyticsError(
      'data-is-too-large',
      `DuckDB ran out of memory, or of room in the folder for temporary files: ${first}`,
      'name fewer files or a shorter period, make room there, or use BigQuery as source.',
    )
  if (about !== undefined || /^(IO Error|Invalid Input Error|Invalid Error|Conversion Error)/.test(message))
    return new AnalyticsError(
      'data-cannot-be-read',
      `${about?.path ?? 'The data'} cannot be read: ${first}`,
      'download or export the file again; it is damaged, cut off, or its columns have other types than the export’s.',
    )
  return cause instanceof Error ? cause : new Error(message)
}

/** Whole numbers come as bigint; those of counts and microseconds since 1970 fit a number exactly. */
function cellOf(value: unknown): Row[string] {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value
  return String(value)
}
