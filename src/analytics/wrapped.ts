const WIDTH = 80

/** A text of at most 80 columns, broken at spaces; what follows the first line stands two columns further in. */
export function wrapped(text: string, indent: number): string {
  return text
    .split('\n')
    .map((part) => wrappedLine(part, indent))
    .join('\n')
}

function wrappedLine(text: string, indent: number): string {
  const lines: string[] = []
  let line = ' '.repeat(indent)
  for (const word of text.split(' ')) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`
    if ([...longer].length > WIDTH && line.trim() !== '') {
      lines.push(line)
      line = ' '.repeat(indent + 2) + word
    } else line = longer
  }
  return [...lines, line].join('\n').trimEnd()
}
