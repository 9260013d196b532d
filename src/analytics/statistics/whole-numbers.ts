/** Throws, as a bug, unless these are k of n units: whole numbers, 0 <= k <= n, n > 0. */
export function mustBeShare(k: number, n: number): void {
  if (!Number.isInteger(k) || !Number.isInteger(n) || k < 0 || k > n || n <= 0)
    throw new RangeError(`${k} of ${n} is no share of units.`)
}
