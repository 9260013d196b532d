import { wrapped as wrappedLines } from '../words/width.ts'

const WIDTH = 80

/** A space that is none to who breaks lines. */
const KEPT = '\u00a0%'

/** A text of at most 80 columns, broken at spaces but never before `%`; what follows the first line stands two columns further in. */
export function wrapped(text: string, indent: number): string {
  const [first, next] = [' '.repeat(indent), ' '.repeat(indent + 2)]
  return text
    .split('\n')
    .map((line) =>
      wrappedLines(line.replaceAll(' %', KEPT), WIDTH, first, next)
        .join('\n')
        .replaceAll(KEPT, ' %')
        .trimEnd(),
    )
    .join('\n')
}
