/** The middle of several figures. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** How long it takes, in milliseconds: the middle of several runs. */
export function medianTime(run: () => unknown, times = 5): number {
  return median(
    Array.from({ length: times }, () => {
      const from = performance.now()
      run()
      return performance.now() - from
    }),
  )
}
