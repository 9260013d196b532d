/** Asks an engine every question about a plan, and gives the answers as typed rows. */
import { askedRows, type Asked } from './asked.ts'
import type { Engine, Relation, Row } from './engine.ts'
import type { Dialect } from './rows.ts'
import type { Question, Statements } from './statements.ts'
import type { MeasuredPlan } from './measured-plan.ts'

export interface AnswerRows {
  readonly days: { day: number; events: number; without_user: number; denied: number }
  readonly visits: { day: number; sessions: number; events: number; without_start: number }
  readonly names: { name: string; day: number; events: number }
  readonly users: { period: number; sessions: number; users: number }
  readonly daily: {
    conversion: string
    day: number
    occurrences: number
    events: number
    copies: number
    sessions: number
    without_id: number
    amount: number | null
    as_sent: number | null
    own: number
    foreign_currency: number
    no_amount: number
  }
  readonly units: {
    base: string
    period: number
    slice: string
    bucket: string
    sessions: number
    users: number
  }
  readonly reached: {
    conversion: string
    period: number
    slice: string
    bucket: string
    sessions: number
    users: number
  }
  readonly funnel: {
    unit: 'sessions' | 'users'
    place: number
    units: number
    quarter: number | null
    half: number | null
    three_quarters: number | null
  }
  readonly timing: {
    conversion: string
    sessions: number
    quarter: number
    half: number
    three_quarters: number
  }
  readonly before: {
    goal: string
    micros: string
    seconds: number | null
    amount: number | null
    foreign_currency: number
  }
  readonly patterns: {
    goal: string
    week: number
    device: string
    channel: string
    micros: string
    done: number
    sessions: number
  }
  readonly buyers: {
    conversion: string
    person: number
    day: number
    occurrences: number
    amount: number | null
    foreign_currency: number
  }
  readonly variants: {
    experiment: string
    variant: string
    users: number
    mixed: number
    days: number
    conversion: string
    converted: number
  }
  readonly parameters: {
    conversion: string
    key: string
    events: number
    present: number
    strings: number
    integers: number
    numbers: number
  }
}

/** The answers to some questions. A question that the source cannot answer is absent. */
export type Answers = { readonly [Q in Question]?: readonly AnswerRows[Q][] } & {
  /** Rows of files of what GA4 cannot see, each with where it belongs; they are in `daily` too. */
  readonly outside?: readonly OutsideRow[]
}

export const SEGMENTS = ['channel', 'device', 'market'] as const

export type OutsideRow = {
  readonly conversion: string
  readonly day: number
  readonly count: number
  readonly value?: number
} & { readonly [S in (typeof SEGMENTS)[number]]: string }

/** The rows of the plan, then the texts that the questions stand on. */
export function relationsFor(
  statements: Statements,
  plan: MeasuredPlan,
  asked: Asked,
  questions: readonly Question[],
  dialect: Dialect,
): readonly Relation[] {
  const rows = [...askedRows(plan, asked, dialect)].map(([name, sql]) => ({ name, sql, kept: true }))
  const needed = statements.relations.filter(({ only }) => only === undefined || questions.includes(only))
  return [...rows, ...needed]
}

/** Makes the relations and asks the questions, one after the other. The engine is opened for these days: first <= day < end. */
export async function ask(
  engine: Engine,
  statements: Statements,
  plan: MeasuredPlan,
  asked: Asked,
  days: { readonly first: number; readonly end: number },
  questions: readonly Question[],
): Promise<Answers> {
  await engine.prepare(days.first, days.end, relationsFor(statements, plan, asked, questions, engine.dialect))
  const answers: Record<string, readonly Row[]> = {}
  for (const question of questions) answers[question] = await engine.ask(statements.questions[question])
  return answers as Answers
}
