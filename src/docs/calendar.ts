/** The review calendar as an iCalendar file (RFC 5545), for whoever lives in a calendar and not in git. */
import type { Page, ReviewRow } from './page.ts'

const FREQUENCIES: { readonly [E in ReviewRow['every']]: string } = {
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
  quarterly: 'FREQ=MONTHLY;INTERVAL=3',
  yearly: 'FREQ=YEARLY',
}

/** Reviews begin on this Monday; a moment of writing in the file would make every run another file. */
const FIRST = '20260105'

export function renderCalendar(page: Page): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//measurement-plan//EN',
    ...page.review.flatMap((row) => eventLines(page, row)),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function eventLines(page: Page, { id, what, every }: ReviewRow): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${page.plan}-${id}@measurement-plan`,
    `DTSTAMP:${FIRST}T000000Z`,
    `DTSTART;VALUE=DATE:${FIRST}`,
    `RRULE:${FREQUENCIES[every]}`,
    `SUMMARY:${escaped(`${page.title}: ${what}`)}`,
    'END:VEVENT',
  ]
}

/** RFC 5545, 3.3.11. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(/[;,]/g, '\\$&')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
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
