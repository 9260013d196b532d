/** After publishing: which planned events and parameters really arrived, since when, and what never did. */
import type { Answers } from './ask.ts'
import { dayText } from './days.ts'
import type { Period } from './period.ts'
import type { MeasuredPlan } from './measured-plan.ts'
import { sumOf, within, type Tally } from './tally.ts'
import { and } from '../words/counting.ts'
import { missingDays } from './quality.ts'
import { whole } from './words.ts'
import { wrapped } from './wrapped.ts'

export interface Verified {
  readonly formatVersion: 1
  readonly plan: string
  readonly first: string
  readonly last: string
  /** What must be known before it is believed: what the source says of itself, and days that have no data. */
  readonly notes: readonly string[]
  readonly conversions: readonly VerifiedConversion[]
}

export interface VerifiedConversion {
  readonly id: string
  readonly event: string
  readonly events: number
  /** The first day in the span. */
  readonly since?: string
  /** cannot-be-told-apart: another conversion looks the same. not-available-…: the source hides what tells it from others. */
  readonly state: 'arrived' | 'missing' | 'cannot-be-told-apart' | 'not-available-from-this-source'
  /** The event's name arrived this often, whatever it carried. */
  readonly named: number
  readonly parameters: readonly {
    readonly name: string
    readonly state: 'arrived' | 'missing' | 'in-part' | 'not-available-from-this-source'
    readonly events: number
    /** The site may leave it out: nothing is wrong where it did. */
    readonly optional?: true
  }[]
}

/** @param said what the source says of itself */
export function verifiedOf(
  plan: MeasuredPlan,
  period: Period,
  tally: Tally,
  said: readonly string[] = [],
): Verified {
  const { answers } = tally
  return {
    formatVersion: 1,
    plan: plan.id,
    first: dayText(period.first),
    last: dayText(period.end - 1),
    notes: [...said, ...missingDays(period, tally)],
    conversions: plan.conversions.flatMap((conversion): VerifiedConversion[] => {
      const { id, event, parameters, sameAs, unavailable } = conversion
      if (event === undefined)
        return unavailable === undefined
          ? []
          : [
              {
                id,
                event: unavailable.event,
                events: 0,
                state: 'not-available-from-this-source',
                named: 0,
                parameters: [],
              },
            ]
      const rows = within(tally.days(id), period)
      const events = sumOf(rows, (row) => row.events)
      const since = rows.length === 0 ? {} : { since: dayText(Math.min(...rows.map(({ day }) => day))) }
      const state = events === 0 ? 'missing' : sameAs.length > 0 ? 'cannot-be-told-apart' : 'arrived'
      return [
        {
          id,
          event,
          events,
          ...since,
          state,
          named: named(event, period, answers),
          parameters: parameters.map(({ name, optional }) => ({
            ...parameterOf(id, name, events, answers),
            ...(optional && { optional }),
          })),
        },
      ]
    }),
  }
}

function named(event: string, { first, end }: Period, { names }: Answers): number {
  return sumOf(
    (names ?? []).filter((row) => row.name === event && row.day >= first && row.day < end),
    ({ events }) => events,
  )
}

function parameterOf(
  id: string,
  name: string,
  events: number,
  { parameters }: Answers,
): VerifiedConversion['parameters'][number] {
  const row = parameters?.find((one) => one.conversion === id && one.key === name)
  // Whatever a source could say of an event that came, it has a row for.
  if (row === undefined && events > 0) return { name, state: 'not-available-from-this-source', events: 0 }
  const present = row?.present ?? 0
  return {
    name,
    state: present === 0 ? 'missing' : present < events ? 'in-part' : 'arrived',
    events: present,
  }
}

/** True when something planned never arrived. A parameter of an event that never arrived is not said twice. */
export function isMissing({ conversions }: Verified): boolean {
  return conversions.some(
    ({ state, parameters }) =>
      state === 'missing' ||
      parameters.some((parameter) => parameter.state === 'missing' && parameter.optional !== true),
  )
}

export function renderVerifiedText({ first, last, notes, conversions }: Verified): string {
  const lines = conversions.flatMap(({ id, event, events, since, state, named: sent, parameters }) => {
    const said = {
      arrived: `${whole(events)} since ${since ?? ''}${since === first ? ', the first day looked at' : ''}`,
      missing:
        sent === 0 ? 'never arrived' : `${whole(sent)} events of that name, none with what the plan says`,
      'cannot-be-told-apart': `${whole(events)}, but another conversion looks the same`,
      'not-available-from-this-source': 'this source does not show what tells it from others',
    }[state]
    const mark = {
      arrived: '✓',
      missing: '✗',
      'cannot-be-told-apart': '·',
      'not-available-from-this-source': '·',
    }[state]
    const carried = parameters.filter((one) => one.state === 'arrived').map(({ name }) => name)
    return [
      `${mark} ${id} (${event}): ${said}${state === 'arrived' && carried.length > 0 ? `, each with ${and(carried)}` : ''}`,
      ...(state === 'missing'
        ? []
        : parameters
            .filter((parameter) => parameter.state !== 'arrived')
            .map(
              (parameter) =>
                ({
                  missing: parameter.optional
                    ? `    · ${parameter.name} never arrived, and need not`
                    : `    ✗ ${parameter.name} never arrived`,
                  'in-part': `    · ${parameter.name} on ${whole(parameter.events)} of them`,
                  'not-available-from-this-source': `    · ${parameter.name}: not available from this source`,
                  arrived: '',
                })[parameter.state],
            )),
    ]
  })
  const said = notes.map((note) => wrapped(note, 2))
  return `${[`${first} to ${last}`, ...said, ...lines.map((line) => wrapped(line, 0))].join('\n')}\n`
}
