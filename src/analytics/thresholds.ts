/** No verdict stands on fewer: units that could have done it, and occurrences, seen or (where a range says how many to expect) expected. */
export const THRESHOLDS = { units: 100, occurrences: 10 } as const
