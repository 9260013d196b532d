/** Units counted by two yes-or-no questions. a: both; b: the first only; c: the second only; d: neither. */
export interface TwoByTwo {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
}

export function unitsOf({ a, b, c, d }: TwoByTwo): number {
  return a + b + c + d
}
