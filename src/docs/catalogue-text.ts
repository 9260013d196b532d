import type { CataloguePage, Measured } from '../plan/catalogue-page.ts'
import { and } from '../words/counting.ts'
import { wrapped } from '../words/width.ts'

const WIDTH = 80

/** A page of the catalogue for a terminal: what it is, when it fires, what it sends, what else would do, the YAML. */
export function renderCataloguePage(page: CataloguePage, bold: (text: string) => string): string {
  const { id, title, words, description, best, secondChoice, metric, uxOutcome, elsewhere, registers, yaml } =
    page
  const lines = [
    `${bold(id)}: ${title}`,
    ...(description === undefined ? [] : wrapped(description, WIDTH)),
    '',
    ...measuredLines(best),
    ...line('Metric', metric),
    ...line('Visitor', uxOutcome),
    ...elsewhere.flatMap(({ name, vendors }, index) =>
      name === undefined
        ? line('send: ID', `each conversion has one of its own at ${and(vendors)}`)
        : line(index === 0 ? 'send: true' : '', `${name} at ${and(vendors)}`),
    ),
    ...line('Registers', registers.length === 0 ? undefined : registers.join(', ')),
    ...line('Also called', words.length === 0 ? undefined : words.join(', ')),
    ...(secondChoice === undefined
      ? []
      : ['', ...wrapped(`Second choice, when ${secondChoice.when}:`, WIDTH), ...measuredLines(secondChoice)]),
    '',
    bold('As it is added:'),
    ...yaml
      .trimEnd()
      .split('\n')
      .map((each) => `  ${each}`.trimEnd()),
    '',
  ]
  return lines.join('\n')
}

function measuredLines({ event, fires, parameters }: Measured): string[] {
  return [
    ...line('Event', event),
    ...line('Fires', fires),
    ...parameters.flatMap(({ name, from }, index) => line(index === 0 ? 'Sends' : '', `${name}: ${from}`)),
  ]
}

const LABEL = 15

function line(label: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : wrapped(text, WIDTH, `  ${label}`.padEnd(LABEL), ' '.repeat(LABEL))
}
