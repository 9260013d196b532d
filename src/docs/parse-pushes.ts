/** A file of pushes: a JSON list, one JSON object, or an object a line. */
export interface Recorded {
  /** Of the file, from 1: where the push begins. */
  readonly line: number
  /** In a JSON list, which of its pushes it is, from 1: a list may stand on one line. */
  readonly number?: number
  readonly push: unknown
}

/** What a file holds: the pushes, and the lines that are no JSON. */
export interface RecordedPushes {
  readonly pushes: readonly Recorded[]
  readonly broken: readonly number[]
}

export function parsePushes(text: string): RecordedPushes {
  const clean = text.replace(/^\ufeff/, '')
  const whole = parsed(clean)
  if (whole !== undefined) {
    if (!Array.isArray(whole.value)) return { pushes: [{ line: 1, push: whole.value }], broken: [] }
    const begins = linesOfEntries(clean)
    const list: readonly unknown[] = whole.value
    const pushes = list.map((push, index) => ({ line: begins[index] ?? 1, number: index + 1, push }))
    return { pushes, broken: [] }
  }
  const lines = clean
    .split(/\r?\n/)
    .map((said, index) => ({ line: index + 1, said }))
    .filter(({ said }) => said.trim() !== '')
    .map(({ line, said }) => ({ line, value: parsed(said) }))
  return {
    pushes: lines.flatMap(({ line, value }) => (value === undefined ? [] : [{ line, push: value.value }])),
    broken: lines.flatMap(({ line, value }) => (value === undefined ? [line] : [])),
  }
}

/** The lines on which the entries of a JSON list begin. It is known to be JSON, in whose texts no line ends. */
function linesOfEntries(text: string): readonly number[] {
  const lines: number[] = []
  let line = 1
  let depth = 0
  let awaits = false
  for (const [token] of text.matchAll(/"(?:[^"\\]+|\\.)*"|[[\]{},\n]|[^\s"[\]{},]+/g)) {
    const closes = token === ']' || token === '}'
    if (token === '\n') line++
    else if (token === ',') awaits = depth === 1
    else {
      if (awaits && !closes) lines.push(line)
      awaits = depth === 0
      if (closes) depth--
      else if (token === '[' || token === '{') depth++
    }
  }
  return lines
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
