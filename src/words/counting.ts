/** Numbers and lists in sentences. */

/** `1 change`, `2 changes`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** `staging`, `staging and production`, `a, b and c`. */
export function and(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

/** `staging`, `staging or production`, `a, b or c`. */
export function or(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1) ?? ''}`
}

/** The first of a list by name, the rest by number: `a, b and 7 more`. */
export function some(names: readonly string[], shown: number): string {
  const left = names.length - shown
  return left <= 1 ? and(names) : `${names.slice(0, shown).join(', ')} and ${left} more`
}
