/** Days as whole numbers since 1970-01-01, as the SQL has them, and as text. */

/** 2021-01-31, or 20210131 with '' between. */
export function dayText(day: number, between = '-'): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', between)
}

/** The number of a day such as 2021-01-31; undefined when the calendar has no such day. */
export function dayOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(text) ? undefined : time / 86_400_000
}

/** The same of a day as Google writes it, such as 20210131. */
export function dayOfDate(date: string): number | undefined {
  return dayOf(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`)
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** The first day of the month that a day is in, moved by some months. */
export function monthStart(day: number, months = 0): number {
  const date = new Date(day * 86_400_000)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / 86_400_000
}
