import { wrapped as wrappedLines } from '../words/width.ts'

const WIDTH = 80

/** A text of at most 80 columns, broken at spaces; what follows the first line stands two columns further in. */
export function wrapped(text: string, indent: number): string {
  const [first, next] = [' '.repeat(indent), ' '.repeat(indent + 2)]
  return text
    .split('\n')
    .map((line) => wrappedLines(line, WIDTH, first, next).join('\n').trimEnd())
    .join('\n')
}
