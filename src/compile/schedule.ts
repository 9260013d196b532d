/** Days of a plan as GTM has them: milliseconds since 1970, as text. */

const DAY = 86_400_000

/** The first moment of a day in a time zone. @param day 2026-11-28 @param zone IANA name; left out: UTC */
export function startOfDay(day: string, zone: string = 'UTC'): number {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  // What the clock there shows at a moment tells how far it is ahead; around a change of the clocks the second look is right.
  const first = midnight - aheadAt(midnight, zone)
  return midnight - aheadAt(first, zone)
}

/** The first moment after it: `until` counts whole. */
export function endOfDay(day: string, zone?: string): number {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10)
  return startOfDay(next, zone)
}

function aheadAt(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment)
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value)
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return shown - moment
}
