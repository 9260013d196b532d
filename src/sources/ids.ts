import { createHash } from 'node:crypto'

/** What may stand in a key: letters, digits, _ - and dots; the rest in hexadecimal, the too long cut with a hash. */
export function idPart(text: string): string {
  const bytes = (char: string): string =>
    [...new TextEncoder().encode(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const safe = text.replace(/[^A-Za-z0-9_.-]/gu, bytes)
  if (safe.length <= 80) return safe
  return `${safe.slice(0, 60)}~${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
}
