/**
 * The views behind every figure, for other tools: each question as a view that holds all it stands on, so that it can be read
 * alone, in Looker Studio, dbt or a notebook. They are the texts that the scorecard itself asks.
 */
import { dayText } from './days.ts'
import type { Asked } from './asked.ts'
import type { Relation } from './engine.ts'
import { rowsSelect, type Dialect } from './rows.ts'
import type { Question, Statements } from './statements.ts'
import type { MeasuredPlan } from './measured-plan.ts'

export interface SqlView {
  /** `store_daily`. */
  readonly name: string
  /** The question, in a sentence. */
  readonly about: string
  readonly sql: string
  /** Reads the export; else only rows of the plan. */
  readonly reads: boolean
}

/** A day as a date: the texts count days since 1970. */
const DATE: Readonly<Record<Dialect, string>> = {
  duckdb: "CAST(DATE '1970-01-01' + CAST(day AS INTEGER) AS DATE)",
  bigquery: 'DATE_FROM_UNIX_DATE(day)',
}

const DATED: ReadonlySet<string> = new Set<Question>(['days', 'visits', 'names', 'daily', 'buyers'])

/**
 * One view a question, then rates with their intervals, and what the ids and numbers in them mean.
 * @param source a SELECT of the export's rows
 * @param relations what the questions stand on, in its order
 */
export function viewsOf(
  statements: Statements,
  relations: readonly Relation[],
  source: string,
  questions: readonly Question[],
  plan: MeasuredPlan,
  asked: Asked,
  dialect: Dialect,
): readonly SqlView[] {
  const asks = questions.map((name) => ({ name, sql: statements.questions[name] }))
  const parts = [{ name: 'source', sql: source }, ...relations]
  const whole = (name: string, sql: string, more: readonly Part[]): SqlView => ({
    name: `${plan.id}_${name}`,
    about: aboutOf(sql),
    reads: true,
    sql: standingOn(sql, [...parts, ...more], DATED.has(name) ? `*, ${DATE[dialect]} AS date` : '*'),
  })
  return [
    ...asks.map(({ name, sql }) => whole(name, sql, [])),
    whole(
      'rates',
      statements.rates,
      asks.filter(({ name }) => name === 'units' || name === 'reached'),
    ),
    ...meanings(plan, asked, dialect),
  ]
}

interface Part {
  readonly name: string
  readonly sql: string
}

/** `-- daily: how often …?` */
function aboutOf(sql: string): string {
  return /^-- [\w-]+: (.*)$/m.exec(sql)?.[1] ?? ''
}

/** The text with everything that it names, and that they name, before it. */
function standingOn(sql: string, parts: readonly Part[], columns: string): string {
  const needed = new Set<string>()
  const add = (text: string): void => {
    const words = new Set(text.replaceAll(/^\s*--.*$/gm, '').match(/\w+/g))
    for (const part of parts)
      if (words.has(part.name) && !needed.has(part.name)) {
        needed.add(part.name)
        add(part.sql)
      }
  }
  add(sql)
  const made = parts.filter(({ name }) => needed.has(name))
  return `WITH ${made.map((part) => `${part.name} AS (\n${part.sql.trim()}\n)`).join(',\n')}\nSELECT ${columns} FROM (\n${sql.trim()}\n) AS answer`
}

function meanings(plan: MeasuredPlan, { periods }: Asked, dialect: Dialect): readonly SqlView[] {
  const conversions = plan.conversions.map(({ id, title, tier, stage, owner, event, target }) => ({
    conversion: id,
    title,
    tier,
    stage: stage ?? null,
    owner: owner ?? null,
    event: event ?? null,
    unit: target?.of === 'users' ? 'users' : 'sessions',
    target: target === undefined ? null : JSON.stringify(target),
  }))
  const columns = {
    conversion: 'STRING',
    title: 'STRING',
    tier: 'STRING',
    stage: 'STRING',
    owner: 'STRING',
    event: 'STRING',
    unit: 'STRING',
    target: 'STRING',
  } as const
  return [
    {
      name: `${plan.id}_conversions`,
      about: 'the conversions of the plan',
      reads: false,
      sql: rowsSelect(dialect, columns, conversions),
    },
    {
      name: `${plan.id}_periods`,
      about: 'the periods: 0 is the one that is looked at, the others came before it',
      reads: false,
      sql: rowsSelect(
        dialect,
        { period: 'INT64', label: 'STRING', first: 'STRING', last: 'STRING' },
        periods.map(({ label, first, end }, period) => ({
          period,
          label,
          first: dayText(first),
          last: dayText(end - 1),
        })),
      ),
    },
  ]
}

/** A script that makes the views. @param dataset in front of their names, where they are to stand in one */
export function viewsScript(
  views: readonly SqlView[],
  prelude: string,
  dialect: Dialect,
  dataset?: string,
): string {
  const nameOf = ({ name }: SqlView): string => (dataset === undefined ? name : `\`${dataset}.${name}\``)
  const begin = dialect === 'duckdb' ? `${prelude.trim()}\n\n` : ''
  return `${begin}${views
    .map(
      (view) => `-- ${view.name}: ${view.about}\nCREATE OR REPLACE VIEW ${nameOf(view)} AS\n${view.sql};\n`,
    )
    .join('\n')}`
}
