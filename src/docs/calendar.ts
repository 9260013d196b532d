/** The review calendar as an iCalendar file (RFC 5545), for whoever lives in a calendar and not in git. */
import type { Page, ReviewRow } from './page.ts'

type Every = Extract<ReviewRow, { every: unknown }>['every']

const RULES: { readonly [E in Every]: string } = {
  weekly: 'FREQ=WEEKLY;BYDAY=MO',
  monthly: 'FREQ=MONTHLY;BYDAY=1MO',
  quarterly: 'FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO',
  yearly: 'FREQ=YEARLY;BYMONTH=1;BYDAY=1MO',
}

/** Reviews are on Mondays from this one on; the day of writing in the file would make every run another file. */
const FIRST = '20260105'

export function renderCalendar(page: Pick<Page, 'plan' | 'title' | 'review'>): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//measurement-plan//EN',
    ...page.review.flatMap((row) => eventLines(page, row)),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

/** A day long: without an end, an event that starts on a date ends with it (RFC 5545, 3.6.1). */
function eventLines({ plan, title }: Pick<Page, 'plan' | 'title'>, row: ReviewRow): readonly string[] {
  const when =
    'every' in row
      ? [`DTSTART;VALUE=DATE:${FIRST}`, `RRULE:${RULES[row.every]}`]
      : [`DTSTART;VALUE=DATE:${row.on.replaceAll('-', '')}`]
  return [
    'BEGIN:VEVENT',
    `UID:${plan}-${row.id}@measurement-plan`,
    `DTSTAMP:${FIRST}T000000Z`,
    ...when,
    `SUMMARY:${escaped(`${title}: ${row.what}`)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

/** RFC 5545, 3.3.11. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\n')
}

/** RFC 5545, 3.1: lines of at most 75 octets, continued by a space, never cut within a character. */
function folded(line: string): string {
  const parts: string[] = ['']
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > 74) {
      parts.push('')
      octets = 0
    }
    parts[parts.length - 1] += character
    octets += size
  }
  return parts.join('\r\n ')
}
