/** Percentages and ranges of a plan as shares. */

/** .08 for `8%`. */
export function shareOf(text: string): number {
  return Number(text.replace('%', '')) / 100
}

/** [.06, .12] for `6%..12%`. */
export function shareRange(text: string): readonly [low: number, high: number] {
  const [low = '', high = ''] = text.split('..')
  return [shareOf(low), shareOf(high)]
}
