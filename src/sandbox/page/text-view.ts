/** A text with its {{references}} as pieces of their own, so that they can be links. */
import type { Content } from '../state.ts'

export interface Piece {
  readonly text: string
  /** Set for a reference to a variable. */
  readonly variable?: { readonly href: string | undefined; readonly known: boolean }
}

/** Finds the page of a variable by its name. */
export type VariableLinks = (name: string) => Piece['variable']

export function variableLinks(content: Content, base: string): VariableLinks {
  const ids = new Map([...content.variable].map(([id, variable]) => [variable['name'], id]))
  const builtIn = new Set([...content.builtInVariable.values()].map(({ name }) => name))
  return (name) => {
    const id = ids.get(name)
    if (id !== undefined) return { href: `${base}/variables/${encodeURIComponent(id)}`, known: true }
    return { href: undefined, known: builtIn.has(name) || name.startsWith('_') }
  }
}

export function pieces(value: unknown, links: VariableLinks): Piece[] {
  const text = String(value ?? '')
  const found: Piece[] = []
  let at = 0
  for (const match of text.matchAll(/\{\{([^{}]+)\}\}/g)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index) })
    const name = match[1] ?? ''
    const variable = links(name)
    found.push({ text: name, ...(variable && { variable }) })
    at = match.index + match[0].length
  }
  if (at < text.length) found.push({ text: text.slice(at) })
  return found
}
