/**
 * Custom HTML of our own writing: ES5, one script, nothing that a browser of a shopper could not run. A literal of the plan
 * goes in through `textIn`; a variable stands outside quotes, where GTM puts a typed value in its place.
 */
import type { Text } from '../sources/gtm.ts'

export function script(...parts: readonly Text[]): Text {
  const joined = ['<script>(function(){', ...parts, '})();</script>'].reduce<readonly Text[]>((all, part) => {
    const last = all.at(-1)
    return typeof part === 'string' && typeof last === 'string'
      ? [...all.slice(0, -1), last + part]
      : [...all, part]
  }, [])
  const [only] = joined
  return joined.length === 1 && only !== undefined ? only : { joined }
}

/** A literal as JavaScript; it cannot end its string, nor the script. */
export function textIn(text: string): string {
  return JSON.stringify(text)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}
