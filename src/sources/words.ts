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

/** A name of the site's own, as the words that it mostly is, in quotes: `plan.type` is “plan type”. */
export function quotedName(name: string): string {
  return `“${name.replaceAll(/[-_.\s]+/g, ' ').trim()}”`
}

const PARTS: { readonly [what: string]: string } = {
  url: 'address',
  text: 'text',
  classes: 'classes',
  id: 'id',
}

/** A part of the element that was clicked or sent. */
export function actedOn(what: string, element: string): string {
  if (what === 'element') return element
  const part = PARTS[what]
  return `${part === undefined ? quotedName(what.replace(/^data-/, '')) : `the ${part}`} of ${element}`
}
