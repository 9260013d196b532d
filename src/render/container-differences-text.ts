/** Two exported containers for people at a terminal: what only one has by its name, what both have field by field. */
import type { ContainerDifferences, ContainerSide } from '../resources/container-differences.ts'
import { thingText, valueText } from '../words/change-words.ts'
import { PLAIN, printable, type Paint } from './diagnostics.ts'

export function renderContainerDifferencesText(
  { before, after, differences }: ContainerDifferences,
  paint: Paint = PLAIN,
): string {
  const sides = `${sideText(before)} and ${sideText(after)}`
  if (differences.length === 0) return `${sides} say the same.\n`
  const count = (status: string): number => differences.filter((one) => one.status === status).length
  const blocks = differences.map(({ status, kind, name, was, fields }) => {
    const symbol = { added: paint.green('+'), changed: paint.yellow('~'), deleted: paint.red('-') }[status]
    const renamed = was === undefined ? '' : ` (was "${was}")`
    const head = `${symbol} ${paint.bold(printable(thingText({ kind, name }).replace(/^the /, '') + renamed))}`
    const lines = fields.map((field) => {
      const [from, to] = (['before', 'after'] as const).map((side) =>
        Object.hasOwn(field, side) ? printable(valueText(field[side])) : paint.dim('nothing'),
      )
      return `    ${printable(field.path)}: ${from} -> ${to}`
    })
    return [head, ...lines].join('\n')
  })
  const summary = `${count('added')} only in ${after.file}, ${count('deleted')} only in ${before.file}, ${count('changed')} in both and different.`
  return `${sides}:\n\n${blocks.join('\n')}\n\n${paint.bold(printable(summary))}\n`
}

function sideText({ file, container }: ContainerSide): string {
  return printable(container === undefined ? file : `${file} (${container})`)
}
