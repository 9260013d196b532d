/** What `plan power` says, for people. */
import type { Power, PowerQuestion } from './power.ts'
import { amountWords, percent, whole } from './words.ts'
import { wrapped } from './wrapped.ts'

export function renderPowerText(power: Power, period: string): string {
  const { id, rate, unit, unitsPerWeek, questions, unanswered = [] } = power
  const units = unit === 'sessions' || unit === 'users' ? unit : `sessions with ${unit}`
  const head = `${id}: ${percent(rate)} of ${unit} in ${period}, ${whole(unitsPerWeek)} ${units} a week. To see it four times out of five:`
  const lines = [
    ...questions.map(questionText),
    ...unanswered.map(({ question, why }) => `${question}: not to be said, ${why}`),
  ]
  return `${[wrapped(head, 0), ...lines.map((line) => wrapped(line, 2))].join('\n')}\n`
}

function questionText({
  question,
  from,
  to,
  sides,
  counted,
  currency = '',
  units,
  weeks,
}: PowerQuestion): string {
  const isCount = counted === 'occurrences'
  const aim = isCount
    ? `${amountWords(to, currency)} a week, now ${amountWords(from, currency)}`
    : percent(to)
  const needed = `${whole(units)}${isCount ? ' of them' : ''}${sides === 2 ? ' on each side' : ''}`
  return `${question} (${aim}): ${needed}, ${weeks} ${weeks === 1 ? 'week' : 'weeks'}`
}
