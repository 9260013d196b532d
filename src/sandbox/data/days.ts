/** Days as reports name them: `2026-01-31`, `today`, `yesterday`, `7daysAgo`, in the time zone of the property. */
import { invalid } from '../ga4/resources.ts'

/** As `YYYYMMDD`, the way the export writes it. */
export function readDay(text: unknown, now: number, timeZone: string): string {
  const word = String(text ?? '')
  const ago = word === 'today' ? '0' : word === 'yesterday' ? '1' : /^(\d{1,5})daysAgo$/.exec(word)?.[1]
  if (ago !== undefined) return dayIn(now, timeZone, Number(ago))
  const date = /^\d{4}-\d{2}-\d{2}$/.test(word) ? new Date(`${word}T00:00:00Z`) : undefined
  if (date === undefined || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== word)
    throw invalid(`The date "${word}" is neither YYYY-MM-DD nor NdaysAgo, yesterday or today.`)
  return word.replaceAll('-', '')
}

function dayIn(now: number, timeZone: string, ago: number): string {
  // Swedish writes dates as ISO 8601 does.
  const today = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(now)
  const day = new Date(Date.parse(`${today}T00:00:00Z`) - ago * 86_400_000)
  return day.toISOString().slice(0, 10).replaceAll('-', '')
}

/** ISO 8601: weeks begin on Monday, and the first is the one with 4 January. */
export function isoWeek(day: string): string {
  const date = new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`)
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000)
  const year = thursday.getUTCFullYear()
  const week = Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7)
  return `${year}${String(week).padStart(2, '0')}`
}
