import type { Location } from './diagnostic.ts'
import type { Span } from './tree.ts'

/** Turns spans of one file's text into lines and columns. The lines are counted once, when first asked. */
export function locator(text: string): (span: Span) => Location {
  let starts: readonly number[] | undefined
  return (span) => {
    starts ??= lineStarts(text)
    const start = lineAndColumn(starts, Math.min(span.start, text.length))
    const end = lineAndColumn(starts, Math.min(Math.max(span.start, span.end), text.length))
    return {
      file: span.file,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
    }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let next = text.indexOf('\n'); next !== -1; next = text.indexOf('\n', next + 1)) starts.push(next + 1)
  return starts
}

function lineAndColumn(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}
