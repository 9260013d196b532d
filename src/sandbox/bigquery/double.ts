/**
 * A double of BigQuery that runs no SQL: a statement is answered from what a test has put there for it, known by its SHA-256
 * or by a line `-- NAME` in it. Shapes: https://cloud.google.com/bigquery/docs/reference/rest/v2
 */
import { createHash } from 'node:crypto'
import { isObject, type Entity } from '../shape.ts'

export interface PreparedAnswer {
  /** Of the whole text of the statement, in hexadecimal. */
  readonly sha256?: string
  /** A line of the statement is `-- NAME`, with or without more after it. */
  readonly name?: string
  readonly rows?: readonly Entity[]
  /** Made from the rows where it is absent. */
  readonly schema?: readonly { readonly name: string; readonly type: string }[]
  /** What a dry run says it would read; 0 where absent. */
  readonly bytes?: number
  /** The statement is refused with this sentence instead. */
  readonly error?: string
}

export class BigQueryDouble {
  answers: PreparedAnswer[] = []
  readonly jobs = new Map<string, Entity>()
  /** By `project/dataset`, and by `project/dataset/table`. */
  readonly datasets = new Map<string, Entity>()
  readonly tables = new Map<string, Entity>()
  /** Sessions that are open: https://cloud.google.com/bigquery/docs/sessions-intro */
  readonly sessions = new Set<string>()
  /** Every statement that came, oldest first. */
  readonly statements: Entity[] = []

  reset(): void {
    this.answers = []
    this.statements.length = 0
    for (const map of [this.jobs, this.datasets, this.tables, this.sessions]) map.clear()
  }

  /** Adds to what is there; an answer for the same statement goes before an older one. */
  prepare({ answers, tables }: Entity): void {
    this.answers = [...readAnswers(answers), ...this.answers]
    for (const [name, table] of Object.entries(isObject(tables) ? tables : {})) {
      const [project = '', dataset = '', id = ''] = name.split('.')
      if (id === '') throw new Error(`"${name}" is not project.dataset.table.`)
      const datasetReference = { projectId: project, datasetId: dataset }
      this.datasets.set(`${project}/${dataset}`, { kind: 'bigquery#dataset', datasetReference })
      const key = `${project}/${dataset}/${id}`
      this.tables.set(key, tableOf(key, isObject(table) ? table : {}))
    }
  }

  answerTo(statement: string): PreparedAnswer | undefined {
    const sha = sha256(statement)
    return this.answers.find(
      ({ sha256: own, name }) => own === sha || (name !== undefined && linesOf(statement).has(name)),
    )
  }
}

/** As BigQuery shows a table, or a view. */
export function tableOf(key: string, body: Entity): Entity {
  const [projectId, datasetId, tableId] = key.split('/')
  return {
    kind: 'bigquery#table',
    id: `${String(projectId)}:${String(datasetId)}.${String(tableId)}`,
    ...body,
    tableReference: { projectId, datasetId, tableId },
    type: body['view'] === undefined ? 'TABLE' : 'VIEW',
  }
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** `-- micro-rate: how many …` is named `micro-rate`. */
function linesOf(statement: string): ReadonlySet<string> {
  return new Set([...statement.matchAll(/^\s*--\s*([\w.-]+)/gm)].map(([, name]) => name ?? ''))
}

/** Refuses what is no answer, with a sentence. */
function readAnswers(input: unknown): PreparedAnswer[] {
  return ((input ?? []) as unknown[]).map((answer) => {
    const known =
      isObject(answer) && (typeof answer['sha256'] === 'string' || typeof answer['name'] === 'string')
    if (!known || (answer['rows'] !== undefined && !Array.isArray(answer['rows'])))
      throw new Error('An answer has a sha256 or a name, and rows, an error, a schema or bytes.')
    return answer as unknown as PreparedAnswer
  })
}

export function schemaOf({ schema, rows = [] }: PreparedAnswer): readonly { name: string; type: string }[] {
  if (schema) return schema
  const names = new Set(rows.flatMap((row) => Object.keys(row)))
  return [...names].map((name) => ({ name, type: typeOf(rows.map((row) => row[name])) }))
}

function typeOf(values: readonly unknown[]): string {
  const present = values.filter((value) => value !== null && value !== undefined)
  if (present.length === 0) return 'STRING'
  if (present.every((value) => typeof value === 'boolean')) return 'BOOLEAN'
  if (present.every((value) => Number.isInteger(value))) return 'INTEGER'
  return present.every((value) => typeof value === 'number') ? 'FLOAT' : 'STRING'
}

/** As BigQuery writes rows: every value a text, null as it is. */
export function rowsOf(answer: PreparedAnswer): Entity[] {
  const fields = schemaOf(answer)
  return (answer.rows ?? []).map((row) => ({
    f: fields.map(({ name }) => ({
      v: row[name] === null || row[name] === undefined ? null : String(row[name]),
    })),
  }))
}
