/**
 * A regular expression for people who read none: the texts that it stands for, `…` for whatever may stand there.
 * `^/(en|ar)/journal/[^/]+/?$` is /en/journal/… or /ar/journal/…
 */

/** More of them would be no plain words. */
const MOST = 4

/** Undefined where the expression is not read, stands for too many, or for nothing: that would be no word in a sentence. */
export function patternShapes(pattern: string): readonly string[] | undefined {
  const bare = pattern.replace(/^\^/, '').replace(/\(\/\|\$\)$|(?<!\\)\$$/, '')
  const reader = { text: bare, at: 0 }
  // An anchor belongs to the first or the last of several, and not to all.
  const shapes = bare === pattern ? alternatives(reader) : sequence(reader)
  if (shapes === undefined || reader.at < bare.length) return undefined
  const ends = [pattern.startsWith('^') ? '' : '…', /(?<!\\)\$$/.test(pattern) ? '' : '…'] as const
  const whole = [...new Set(shapes.map((shape) => `${ends[0]}${shape}${ends[1]}`.replaceAll(/…+/g, '…')))]
  return whole.length > MOST || whole.includes('') ? undefined : whole
}

interface Reader {
  readonly text: string
  at: number
}

function alternatives(reader: Reader): readonly string[] | undefined {
  const all = sequence(reader)
  if (all === undefined || reader.text[reader.at] !== '|') return all
  reader.at++
  const others = alternatives(reader)
  return others && [...all, ...others]
}

function sequence(reader: Reader): readonly string[] | undefined {
  let shapes: readonly string[] = ['']
  while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at] ?? '')) {
    const choices = repeated(reader, atom(reader))
    if (choices === undefined || shapes.length > MOST) return undefined
    shapes = shapes.flatMap((shape) => choices.map((choice) => shape + choice))
  }
  return shapes
}

function repeated(reader: Reader, choices: readonly string[] | undefined): readonly string[] | undefined {
  const [sign = ''] = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(reader.text.slice(reader.at)) ?? []
  reader.at += sign.length
  if (choices === undefined || sign === '') return choices
  if (choices.every((choice) => choice === '…')) return choices
  // A slash that may stand at the end changes no page.
  if (sign === '?') return choices.length === 1 && choices[0] === '/' ? [''] : [...choices, '']
  return undefined
}

function atom(reader: Reader): readonly string[] | undefined {
  const rest = reader.text.slice(reader.at)
  const [any = ''] = /^(?:\.|\[(?:\\.|[^\]\\])+\]|\\[dwWDS])/.exec(rest) ?? []
  if (any !== '') return taken(reader, any.length, '…')
  const [group] = /^\((?:\?:)?(?!\?)/.exec(rest) ?? []
  if (group !== undefined) {
    reader.at += group.length
    const inner = alternatives(reader)
    const closes = reader.text[reader.at++] === ')'
    return closes ? inner : undefined
  }
  const [, escaped] = /^\\([^A-Za-z0-9])/.exec(rest) ?? []
  if (escaped !== undefined) return taken(reader, 2, escaped)
  const character = rest[0] ?? ''
  return /[\\^$*+?{]/.test(character) ? undefined : taken(reader, 1, character)
}

function taken(reader: Reader, length: number, shape: string): readonly string[] {
  reader.at += length
  return [shape]
}
