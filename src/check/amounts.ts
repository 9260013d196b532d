/** Percentages, days and money of a plan as numbers. */

/** 8 for `8%`. */
export function percentOf(text: string): number {
  return Number(text.replace('%', ''))
}

/** [6, 12] for `6%..12%`. */
export function rangeOf(text: string): readonly [low: number, high: number] {
  const [low = '', high = ''] = text.split('..')
  return [percentOf(low), percentOf(high)]
}

/** Whether `2027-02-30` is a day of the calendar. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Days from one day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
