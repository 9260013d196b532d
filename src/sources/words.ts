/** Words that sources and triggers share. */

/** An element as the plan names it. @param any when it names none. */
export function elementWords(
  target: { readonly selector?: string; readonly id?: string },
  any: string,
): string {
  const parts = [
    ...(target.selector === undefined ? [] : [target.selector]),
    ...(target.id === undefined ? [] : [`#${target.id}`]),
  ]
  return parts.length === 0 ? any : parts.join(' with id ')
}

/** An empty text would be read over. */
export function quotedIfEmpty(text: string): string {
  return text.trim() === '' ? JSON.stringify(text) : text
}
