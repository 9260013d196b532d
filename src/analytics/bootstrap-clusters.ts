/** The users behind a goal, as the clusters that are drawn again. */
import type { Clusters } from './statistics/cluster-bootstrap.ts'
import type { MeasuredConversion } from './measured-plan.ts'
import { groupBy, type Tally } from './tally.ts'

/**
 * One row a user who did it: what the user's days add up to, each day weighed into some columns. undefined where the source
 * knows no users. @param weigh the weights of a day, one a column; all 0 for a day that does not matter
 */
export function clusters(
  { id, value = 0 }: MeasuredConversion,
  tally: Tally,
  what: 'amount' | 'occurrences',
  weigh: (day: number) => readonly number[],
): Clusters | undefined {
  const { buyers, users } = tally.answers
  if (buyers === undefined || users === undefined) return undefined
  const mine = buyers.filter(({ conversion }) => conversion === id)
  // Where no event carries an amount, each is worth the same; one in another currency is in no sum.
  const valued = mine.some(({ amount }) => amount !== null)
  const sums = [...groupBy(mine, ({ person }) => String(person)).values()].flatMap((rows) => {
    const total: number[] = []
    for (const row of rows) {
      const worth =
        what === 'occurrences'
          ? row.occurrences
          : valued
            ? (row.amount ?? 0)
            : (row.occurrences - row.foreign_currency) * value
      for (const [column, weight] of weigh(row.day).entries())
        total[column] = (total[column] ?? 0) + weight * worth
    }
    return total.some((sum) => sum !== 0) ? [total] : []
  })
  const everybody = users.reduce((sum, row) => sum + row.users, 0)
  return { sums, empty: Math.max(0, everybody - sums.length) }
}
