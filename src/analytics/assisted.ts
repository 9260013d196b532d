/** What came before each goal: the value shared over its micros, and how long the last of them was before it. */
import type { AnswerRows } from './ask.ts'
import { cents } from './money.ts'
import type { Assisted, Distinct, Quartiles, Unknown } from './scorecard-types.ts'
import type { MeasuredConversion, MeasuredPlan } from './measured-plan.ts'
import { groupBy, NOT_AVAILABLE, rateOf, sumOf, type Tally } from './tally.ts'

/** Each goal's value in equal shares to the distinct micros before it; what none came before keeps its own share. They sum to the total. */
export function assistedOf(plan: MeasuredPlan, { answers }: Tally): Assisted[] {
  const stages = new Map(plan.stages.flatMap(({ id, micros }) => micros.map((micro) => [micro, id] as const)))
  return goalsIn(plan).flatMap((goal): Assisted[] => {
    const rows = (answers.before ?? []).filter((row) => row.goal === goal.id)
    if (rows.length === 0) return []
    const measured = rows.some(({ amount }) => amount !== null)
    const valued = measured ? 'measured' : goal.value === undefined ? 'count' : 'plan'
    // As the goal's own sum: an amount in another currency is in none, and what carries no amount is worth the plan's value.
    const worth = (row: AnswerRows['before']): number =>
      valued === 'count' ? 1 : (row.amount ?? (row.foreign_currency === 1 ? 0 : (goal.value ?? 0)))
    const shares = new Map<string, { occurrences: number; value: number }>()
    for (const row of rows) {
      const before = row.micros.split(',')
      for (const micro of before) {
        const share = shares.get(micro) ?? { occurrences: 0, value: 0 }
        shares.set(micro, {
          occurrences: share.occurrences + 1,
          value: share.value + worth(row) / before.length,
        })
      }
    }
    const listed = [...shares]
      .map(([micro, share]) => {
        const stage = stages.get(micro)
        return { micro, ...(stage === undefined ? {} : { stage }), ...share, value: cents(share.value) }
      })
      .sort(
        (a, b) =>
          Number(a.micro === '') - Number(b.micro === '') ||
          b.value - a.value ||
          (a.micro < b.micro ? -1 : 1),
      )
    const byStage = groupBy(listed, ({ stage }) => stage ?? '')
    return [
      {
        goal: goal.id,
        occurrences: rows.length,
        total: cents(sumOf(rows, worth)),
        valued,
        shares: listed,
        stages: [...plan.stages.map(({ id }) => id), '']
          .filter((id) => byStage.has(id))
          .map((stage) => ({ stage, value: cents(sumOf(byStage.get(stage) ?? [], ({ value }) => value)) })),
      },
    ]
  })
}

/** The chance of the goal by how many different micros came before it in the session. */
export function distinctOf(plan: MeasuredPlan, { answers }: Tally): Distinct[] {
  const rows = answers.patterns ?? []
  return goalsIn(plan).flatMap((goal): Distinct[] => {
    const mine = rows.filter((row) => row.goal === goal.id)
    if (mine.length === 0 || mine.every(({ micros }) => micros === '')) return []
    const byNumber = groupBy(mine, ({ micros }) => String(micros === '' ? 0 : micros.split(',').length))
    const steps = [...byNumber]
      .map(([micros, group]) => ({ micros: Number(micros), group }))
      .sort((a, b) => a.micros - b.micros)
      .map(({ micros, group }) => {
        const k = sumOf(group, ({ done, sessions }) => done * sessions)
        return {
          micros,
          rate: rateOf(
            k,
            sumOf(group, ({ sessions }) => sessions),
            'sessions',
          ),
        }
      })
    return [{ goal: goal.id, steps }]
  })
}

export function lagOf(goal: MeasuredConversion, { answers }: Tally): Quartiles | Unknown {
  if (answers.before === undefined) return NOT_AVAILABLE
  const seconds = answers.before
    .filter((row) => row.goal === goal.id)
    .flatMap((row) => (row.seconds === null ? [] : [row.seconds]))
    .sort((a, b) => a - b)
  if (seconds.length === 0) return { unknown: 'no-data' }
  const at = (share: number): number => {
    const place = share * (seconds.length - 1)
    const below = seconds[Math.floor(place)] ?? 0
    const above = seconds[Math.ceil(place)] ?? below
    return Math.round((below + (above - below) * (place - Math.floor(place))) * 10) / 10
  }
  return { quarter: at(0.25), half: at(0.5), threeQuarters: at(0.75), n: seconds.length }
}

function goalsIn({ conversions }: MeasuredPlan): readonly MeasuredConversion[] {
  return conversions.filter(({ tier, event }) => tier === 'goal' && event !== undefined)
}
