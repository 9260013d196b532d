/** Ids and titles that a plan takes, out of the names that people gave in GTM. */

/** An id: lower-case ASCII letters, digits and underscores, beginning with a letter, unique among those taken. */
export function idFrom(name: string, taken: ReadonlySet<string>, most = 40): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
  const base = (plain === '' ? 'event' : plain).slice(0, most).replace(/_+$/, '')
  if (!taken.has(base)) return base
  for (let number = 2; ; number++) {
    const candidate = `${base.slice(0, most - String(number).length - 1).replace(/_+$/, '')}_${number}`
    if (!taken.has(candidate)) return candidate
  }
}

/** A title that shows as one line: control characters and ways to turn writing round are no part of a name. */
export function titleFrom(name: string, fallback: string): string {
  const clean = oneLine(name).slice(0, 120).trim()
  return clean === '' ? fallback : clean
}

/** A text as one line without control characters, for comments and titles. */
export function oneLine(text: string): string {
  return text
    .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
}
