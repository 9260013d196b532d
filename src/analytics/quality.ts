/** What the reader must know of the data before any number: what is missing, provisional, doubtful, or not as planned. */
import type { AnswerRows } from './ask.ts'
import { measurable } from './asked.ts'
import { dayText } from './days.ts'
import { MOST_UNVALUED, unvaluedOf, unvaluedWords } from './money.ts'
import { daysOutside, isSilent } from './outside.ts'
import type { Period } from './period.ts'
import type { Finding } from './scorecard-types.ts'
import type { MeasuredConversion, MeasuredPlan } from './measured-plan.ts'
import { sumOf, within, type Tally } from './tally.ts'
import { whole } from './words.ts'

/** GA4 still changes the rows of a day for three days. https://support.google.com/analytics/answer/7029846 */
const PROVISIONAL_DAYS = 3

/** Events that GA4 sends by itself: seen without being planned, they are no surprise. */
const AUTOMATIC = new Set([
  'page_view',
  'session_start',
  'first_visit',
  'user_engagement',
  'scroll',
  'click',
  'file_download',
  'form_start',
  'form_submit',
  'video_start',
  'video_progress',
  'video_complete',
  'view_search_results',
])

export function qualityOf(plan: MeasuredPlan, period: Period, asOf: number, tally: Tally): Finding[] {
  const order = { error: 0, warning: 1, info: 2 }
  return [
    ...days(period, asOf, tally),
    ...people(period, tally),
    ...purchases(plan, period, tally),
    ...planned(plan, period, tally),
    ...parameters(plan, tally),
    ...surprises(plan, period, tally),
  ].sort((a, b) => order[a.severity] - order[b.severity])
}

function days(period: Period, asOf: number, tally: Tally): Finding[] {
  const { daysSeen } = tally
  const young = daysOf(period).filter((day) => daysSeen.has(day) && day > asOf - PROVISIONAL_DAYS)
  return [
    ...missingDays(period, tally).map((text): Finding => ({
      code: 'missing-days',
      severity: 'error',
      text: `${text} Targets are held to the other days.`,
    })),
    ...some(
      young,
      'provisional-days',
      'warning',
      (n) =>
        `${n} ${n === 1 ? 'day is' : 'days are'} younger than 72 hours and may still change: ${listed(young.map((day) => dayText(day)))}.`,
    ),
  ]
}

function daysOf({ first, end }: Period): readonly number[] {
  return Array.from({ length: end - first }, (_, index) => first + index)
}

/** `2 of 7 days have no data: 2026-03-02, 2026-03-03.`; nothing where all have some. */
export function missingDays(period: Period, { daysSeen }: Pick<Tally, 'daysSeen'>): readonly string[] {
  const all = daysOf(period)
  const missing = all.filter((day) => !daysSeen.has(day))
  if (missing.length === 0) return []
  const have = missing.length === 1 ? 'has' : 'have'
  return [
    `${missing.length} of ${all.length} days ${have} no data: ${listed(missing.map((day) => dayText(day)))}.`,
  ]
}

function some<T>(
  items: readonly T[],
  code: string,
  severity: Finding['severity'],
  text: (n: number) => string,
): Finding[] {
  return items.length === 0 ? [] : [{ code, severity, text: text(items.length) }]
}

function people(period: Period, { answers }: Tally): Finding[] {
  const inside = <T extends { readonly day: number }>(rows: readonly T[] | undefined): readonly T[] =>
    (rows ?? []).filter(({ day }) => day >= period.first && day < period.end)
  const events = sumOf(inside(answers.days), (row) => row.events)
  const withoutUser = sumOf(inside(answers.days), (row) => row.without_user)
  const denied = sumOf(inside(answers.days), (row) => row.denied)
  const visits = inside(answers.visits)
  const sessions = sumOf(visits, (row) => row.sessions)
  const withoutStart = sumOf(visits, (row) => row.without_start)
  // Sessions hold the events of the day after midnight too, so over a period the two sums may differ by a few.
  const outside = answers.visits === undefined ? 0 : Math.max(0, events - sumOf(visits, (row) => row.events))
  const doubtful = outside > 0.01 * events ? outside : 0
  return [
    ...found(
      withoutUser,
      'events-without-user',
      'warning',
      `${share(withoutUser, events)} of the events have no user: no rate, funnel or weight counts them.`,
    ),
    ...found(
      doubtful,
      'events-without-session',
      'warning',
      `${share(doubtful, events)} of the events are in no session: no rate counts them.`,
    ),
    ...found(
      withoutStart,
      'sessions-without-start',
      'info',
      `${whole(withoutStart)} of ${whole(sessions)} sessions have no session_start.`,
    ),
    ...found(
      denied,
      'no-consent',
      'info',
      `${share(denied, events)} of the events were sent without consent to analytics storage.`,
    ),
  ]
}

function found(count: number, code: string, severity: Finding['severity'], text: string): Finding[] {
  return count === 0 ? [] : [{ code, severity, text }]
}

function purchases(plan: MeasuredPlan, period: Period, tally: Tally): Finding[] {
  return measurable(plan).flatMap((conversion) => {
    const rows = within(tally.days(conversion.id), period)
    const sum = (value: (row: AnswerRows['daily']) => number | null): number => sumOf(rows, value)
    const occurrences = sum((row) => row.occurrences)
    const without = sum((row) => row.without_id)
    const repeated = sum((row) => row.events) - occurrences
    const copies = sum((row) => row.copies) - sum((row) => row.events)
    const foreign = sum((row) => row.foreign_currency)
    const unvalued = unvaluedOf(conversion, period, tally)
    const about = (
      code: string,
      count: number,
      text: string,
      severity: Finding['severity'] = 'warning',
    ): Finding[] => (count === 0 ? [] : [{ code, severity, text, conversion: conversion.id }])
    const twice = conversion.once === 'transaction' ? repeated : 0
    const excess = sum((row) => row.as_sent) - sum((row) => row.amount)
    return [
      ...about(
        'purchases-without-id',
        without,
        `${whole(without)} of ${whole(occurrences)} purchases ${without === 1 ? 'has' : 'have'} no transaction id: repeated ones cannot be found among them.`,
      ),
      ...(unvalued === undefined
        ? []
        : about(
            'occurrences-without-amount',
            unvalued.without,
            `${conversion.title}: ${unvaluedWords(unvalued)}, or 0. Sums of its amounts are too low by what those were worth.`,
            unvalued.without > MOST_UNVALUED * unvalued.of ? 'error' : 'warning',
          )),
      ...about(
        'repeated-transactions',
        twice,
        `${whole(twice)} ${twice === 1 ? 'purchase repeats a transaction id and is' : 'purchases repeat a transaction id and are'} counted once (${whole(excess)} ${plan.currency} less than was sent).`,
      ),
      ...about(
        'copied-events',
        copies,
        `${whole(copies)} rows of ${conversion.event} are copies of others and are counted once.`,
      ),
      ...about(
        'other-currencies',
        foreign,
        `${whole(foreign)} events of ${conversion.event} carry another currency than ${plan.currency}: their amounts are in no sum.`,
      ),
    ]
  })
}

function planned(plan: MeasuredPlan, period: Period, tally: Tally): Finding[] {
  return plan.conversions.flatMap((conversion): Finding[] => {
    const { id, event, title } = conversion
    if (conversion.unavailable !== undefined)
      return [
        {
          code: 'not-in-this-source',
          severity: 'warning',
          conversion: id,
          text: `${title} has no number: ${conversion.unavailable.why}.`,
        },
      ]
    if (event === undefined) {
      if (tally.days(id).length > 0) return unsaid(conversion, period, tally)
      const where = conversion.system ?? conversion.source
      return [
        {
          code: 'not-in-this-source',
          severity: 'info',
          conversion: id,
          text: `${title} is counted in ${where}: name a file with its numbers under "outside".`,
        },
      ]
    }
    const notes: Finding[] = []
    if (conversion.noRate !== undefined)
      notes.push({
        code: 'not-in-this-source',
        severity: 'info',
        conversion: id,
        text: `${title} has no rate: ${conversion.noRate}.`,
      })
    if (conversion.sameAs.length > 0)
      notes.push({
        code: 'cannot-be-told-apart',
        severity: 'warning',
        conversion: id,
        text: `${title} and ${conversion.sameAs.join(', ')} send ${event} alike: the export cannot tell them apart.`,
      })
    else if (conversion.unseen.length > 0)
      notes.push({
        code: 'conditions-not-in-the-export',
        severity: 'info',
        conversion: id,
        text: `${title}: every ${event} counts, because the export does not show ${[...new Set(conversion.unseen)].join('; ')}.`,
      })
    if (within(tally.days(id), period).length > 0) return notes
    const names = (tally.answers.names ?? []).filter(
      (row) => row.name === event && row.day >= period.first && row.day < period.end,
    )
    const sent = sumOf(names, ({ events }) => events)
    const text =
      sent > 0
        ? `${title}: none of ${whole(sent)} ${event} events carries what the plan says (${conversion.needs.map(({ key, operator, wanted }) => `${key} ${operator} ${wanted}`).join(', ')}).`
        : `${title}: ${event} never arrived in this period.`
    return [...notes, { code: 'planned-never-seen', severity: 'error', conversion: id, text }]
  })
}

/** What files of what GA4 cannot see leave open of a period: all of it, or its last days. */
function unsaid(
  { id, title }: Pick<MeasuredConversion, 'id' | 'title'>,
  period: Period,
  tally: Tally,
): Finding[] {
  const held = daysOutside(tally)
  if (held === undefined) return []
  if (isSilent(period, tally))
    return [
      {
        code: 'outside-says-nothing',
        severity: 'warning',
        conversion: id,
        text: `${title} has no number: the files of what GA4 cannot see hold ${dayText(held.first)} to ${dayText(held.last)}.`,
      },
    ]
  if (held.last >= period.end - 1) return []
  return [
    {
      code: 'outside-ends-early',
      severity: 'info',
      conversion: id,
      text: `${title}: the files of what GA4 cannot see end on ${dayText(held.last)}; what came after is not known.`,
    },
  ]
}

const KINDS: Readonly<Record<string, readonly ('strings' | 'integers' | 'numbers')[]>> = {
  string: ['strings'],
  integer: ['integers'],
  number: ['integers', 'numbers'],
  money: ['integers', 'numbers'],
}

function parameters(plan: MeasuredPlan, { answers }: Tally): Finding[] {
  const byId = new Map(plan.conversions.map((conversion) => [conversion.id, conversion]))
  return (answers.parameters ?? []).flatMap((row): Finding[] => {
    const conversion = byId.get(row.conversion)
    const missing = row.events - row.present
    const kinds = KINDS[typeOf(conversion, row.key) ?? ''] ?? ['strings', 'integers', 'numbers']
    const wrong = row.present - sumOf(kinds, (kind) => row[kind])
    const about = (code: string, count: number, text: string): Finding[] =>
      count <= 0
        ? []
        : [
            {
              code,
              severity: 'warning',
              conversion: row.conversion,
              text: `${conversion?.title ?? row.conversion}: ${text}`,
            },
          ]
    return [
      ...about('parameter-missing', missing, `${share(missing, row.events)} of the events lack ${row.key}.`),
      ...about(
        'parameter-of-another-type',
        wrong,
        `${share(wrong, row.events)} of the events carry ${row.key} as another type than ${typeOf(conversion, row.key) ?? ''}.`,
      ),
    ]
  })
}

function typeOf(conversion: MeasuredConversion | undefined, key: string): string | undefined {
  return conversion?.parameters.find(({ name }) => name === key)?.type
}

function surprises(plan: MeasuredPlan, period: Period, { answers }: Tally): Finding[] {
  const known = new Set(plan.conversions.map(({ event }) => event))
  const names = new Map<string, number>()
  for (const { name, day, events } of answers.names ?? [])
    if (day >= period.first && day < period.end && !known.has(name) && !AUTOMATIC.has(name))
      names.set(name, (names.get(name) ?? 0) + events)
  const sorted = [...names]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name, n]) => `${name} (${whole(n)})`)
  return some(
    sorted,
    'seen-not-planned',
    'info',
    (n) => `${n} ${n === 1 ? 'event is' : 'events are'} seen and not planned: ${listed(sorted, 6)}.`,
  )
}

function listed(texts: readonly string[], most = 8): string {
  return texts.length <= most
    ? texts.join(', ')
    : `${texts.slice(0, most).join(', ')} and ${texts.length - most} more`
}

function share(part: number, whole: number): string {
  const percent = (100 * part) / whole
  return percent > 0 && percent < 0.1 ? 'less than 0.1 %' : `${percent.toFixed(1)} %`
}
