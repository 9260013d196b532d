import { countsLine, PLAIN, printable, type Paint } from '../render/diagnostics.ts'
import type { Recorded } from './parse-pushes.ts'
import type { PushFinding } from './push-finding.ts'

/** Findings in the manner of `plan validate`, and a line that says how many pushes were held against the plan. */
export function renderPushFindings(
  file: string,
  pushes: number,
  found: readonly (PushFinding & Pick<Recorded, 'line' | 'number'>)[],
  paint: Paint = PLAIN,
): string {
  const blocks = found.map(({ line, number, severity, code, message, fix }) => {
    const colour = severity === 'error' ? paint.red : paint.yellow
    return [
      `${paint.bold(printable(`${file}:${line}`))} ${colour(severity)} ${code}${number === undefined ? '' : ` (push ${number})`}`,
      `  ${printable(message)}`,
      `  ${paint.bold('fix:')} ${printable(fix)}`,
      '',
    ].join('\n')
  })
  const held = `${pushes} push${pushes === 1 ? '' : 'es'} held against the plan`
  return `${[...blocks, `${held}: ${countsLine(found) || 'no errors'}.`].join('\n')}\n`
}
