import type { Diagnostic } from '../plan/diagnostic.ts'
import { placeOf, printable, type Places } from './diagnostics.ts'

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const

/**
 * Workflow commands that GitHub shows as annotations on the changed lines.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function renderDiagnosticsGithub(diagnostics: readonly Diagnostic[], places: Places): string {
  return diagnostics
    .map((one) => {
      const place = placeOf(one, places)
      // GitHub shows columns only for places within one line.
      const columns =
        place === undefined || place.endLine !== place.line
          ? {}
          : { col: place.column, endColumn: Math.max(place.endColumn - 1, place.column) }
      const where =
        place === undefined ? {} : { file: place.file, line: place.line, endLine: place.endLine, ...columns }
      const properties = Object.entries({ ...where, title: one.code }).map(
        ([name, value]) => `${name}=${property(String(value))}`,
      )
      const text = one.fix === undefined ? one.message : `${one.message}\nfix: ${one.fix}`
      return `::${COMMANDS[one.severity]} ${properties.join(',')}::${data(text)}\n`
    })
    .join('')
}

// A line break in a plan's text would begin a command of the stranger's choice.
function data(text: string): string {
  const lines = text.split('\n').map(printable).join('\n')
  return lines.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
