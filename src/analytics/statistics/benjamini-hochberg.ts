/**
 * p values adjusted for having been looked at together: the share of false discoveries among all that are no larger.
 *
 * Source: Benjamini, Hochberg 1995, JRSS B 57, 289-300.
 * Domain: 0 <= p <= 1; the answer is in the order of the question.
 * Reference: statsmodels 0.13.5, multipletests([.01 .04 .03 .005 .5 .02 .02 1], method='fdr_bh'):
 * .04 .05333333333 .048 .04 .5714285714 .04 .04 1.
 */
export function benjaminiHochberg(p: readonly number[]): readonly number[] {
  const order = p.map((value, index) => ({ value, index })).sort((a, b) => b.value - a.value)
  const adjusted = new Array<number>(p.length)
  let least = 1
  for (const [position, { value, index }] of order.entries()) {
    least = Math.min(least, (value * p.length) / (p.length - position))
    adjusted[index] = least
  }
  return adjusted
}
