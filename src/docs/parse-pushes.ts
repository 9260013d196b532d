/** A file of pushes: a JSON list, one JSON object, or an object a line. */
export interface Recorded {
  /** Of the file, from 1; in a JSON list, the number of the push. */
  readonly line: number
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
    const list: readonly unknown[] = Array.isArray(whole.value) ? whole.value : [whole.value]
    return { pushes: list.map((push, index) => ({ line: index + 1, push })), broken: [] }
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

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
