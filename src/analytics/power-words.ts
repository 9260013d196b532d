/** What `plan power` says, for people. */
import type { Power, PowerQuestion } from './power.ts'
import { percent, whole } from './words.ts'
import { wrapped } from './wrapped.ts'

export function renderPowerText(power: Power, period: string): string {
  const { id, rate, unit, unitsPerWeek, questions } = power
  const units = unit === 'sessions' || unit === 'users' ? unit : `sessions with ${unit}`
  const head = `${id}: ${percent(rate)} of ${unit} in ${period}, ${whole(unitsPerWeek)} ${units} a week. To see it four times out of five:`
  return `${[wrapped(head, 0), ...questions.map((one) => wrapped(questionText(one), 2))].join('\n')}\n`
}

function questionText({ question, from, to, sides, counted, units, weeks }: PowerQuestion): string {
  const isCount = counted === 'occurrences'
  const aim = isCount ? `${whole(to)} a week, now ${whole(from)}` : percent(to)
  const needed = `${whole(units)}${isCount ? ' of them' : ''}${sides === 2 ? ' on each side' : ''}`
  return `${question} (${aim}): ${needed}, ${weeks} ${weeks === 1 ? 'week' : 'weeks'}`
}
