/** A file of pushes: a JSON list, one JSON object, or an object a line. */
export interface Recorded {
  /** Of the file, from 1; in a JSON list, the number of the push. */
  readonly line: number
  readonly push: unknown
}

/** The pushes, or the first line that is no JSON. */
export function parsePushes(
  text: string,
): { readonly pushes: readonly Recorded[] } | { readonly broken: number } {
  const clean = text.replace(/^\ufeff/, '')
  const whole = parsed(clean)
  if (whole !== undefined) {
    const list: readonly unknown[] = Array.isArray(whole.value) ? whole.value : [whole.value]
    return { pushes: list.map((push, index) => ({ line: index + 1, push })) }
  }
  const lines = clean
    .split(/\r?\n/)
    .map((said, index) => ({ line: index + 1, said }))
    .filter(({ said }) => said.trim() !== '')
    .map(({ line, said }) => ({ line, value: parsed(said) }))
  const broken = lines.find(({ value }) => value === undefined)
  if (broken !== undefined || lines.length === 0) return { broken: broken?.line ?? 1 }
  return { pushes: lines.map(({ line, value }) => ({ line, push: value?.value })) }
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
