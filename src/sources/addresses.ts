/**
 * Texts beside addresses. Browsers keep most signs of an address in percent signs, and GTM compares what they keep
 * (https://url.spec.whatwg.org/#percent-encoded-bytes): Page Path is `/caf%C3%A9`, never `/café`.
 */
import { sourceModule } from './kinds.ts'
import type { Source } from './source.ts'

/** The signs that stand encoded in what a source reads; undefined where it is no address. */
export function encodedIn(source: Source): RegExp | undefined {
  return source.kind === 'literal' ? undefined : sourceModule(source.kind).encoded?.(source)
}

/** A text as it stands in what a source reads; one that is encoded already stays as it is. */
export function asAddress(source: Source, text: string): string {
  const signs = encodedIn(source)
  if (signs === undefined || source.kind === 'literal') return text
  const isLower = source.format?.case === 'lower'
  const written = (sign: string): string => (isLower ? percent(sign).toLowerCase() : percent(sign))
  return [...text].map((sign) => (signs.test(sign) ? written(sign) : sign)).join('')
}

function percent(sign: string): string {
  return [...new TextEncoder().encode(sign)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
}
