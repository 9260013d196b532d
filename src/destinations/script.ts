/**
 * Custom HTML of our own writing: ES5, one script, nothing that a browser of a shopper could not run. A literal of the plan
 * goes in through `textIn`; a variable stands outside quotes, where GTM puts a typed value in its place.
 */
import type { Text } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'

export function script(...parts: readonly Text[]): Text {
  const pieces = ['<script>(function(){', ...parts, '})();</script>'].flatMap(piecesOf)
  const joined = pieces.reduce<readonly Text[]>((all, part) => {
    const last = all.at(-1)
    return typeof part === 'string' && typeof last === 'string'
      ? [...all.slice(0, -1), last + part]
      : [...all, part]
  }, [])
  const [only] = joined
  return joined.length === 1 && only !== undefined ? only : { joined }
}

function piecesOf(text: Text): readonly Text[] {
  return typeof text === 'object' && 'joined' in text ? text.joined.flatMap(piecesOf) : [text]
}

/** A literal as JavaScript; it cannot end its string, nor the script. */
export function textIn(text: string): string {
  return JSON.stringify(text)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}

/** A value as JavaScript: a literal as its type has it, a variable outside quotes, several of both as one text. */
export function valueIn(source: Source, textOf: (source: Source) => Text): Text {
  return source.kind === 'literal' && typeof source.value !== 'string'
    ? String(source.value)
    : codeOf(textOf(source))
}

function codeOf(text: Text): Text {
  if (typeof text === 'string') return textIn(text)
  if ('variable' in text) return text
  return { joined: ['""', ...text.joined.flatMap((part): Text[] => ['+', codeOf(part)])] }
}
