/** `{{name}}` in a text of GTM: the only module that reads it. GTM's runtime and the sandbox read it for themselves. */

/** One reference, for a pattern that looks for more around it. */
export const REFERENCE = String.raw`\{\{[^{}]+\}\}`

const VARIABLE = /\{\{([^{}]+)\}\}/g

/** Whether GTM would look for a name in it: also a text whose braces never close. */
export function holdsBraces(text: string): boolean {
  return text.includes('{{')
}

/** The names between braces in a text, in their order. */
export function variablesIn(text: string): readonly string[] {
  // Most texts name none, and whole containers are walked for those that do.
  if (!text.includes('{{')) return []
  return [...text.matchAll(VARIABLE)].map(([, name = '']) => name)
}

/** The name, when a text is one `{{name}}` and nothing else. */
export function soleVariableIn(text: string): string | undefined {
  return /^\{\{([^{}]+)\}\}$/.exec(text)?.[1]
}

/** The names that stand in quotes, and nothing else with them; each once. */
export function quotedVariablesIn(code: string): readonly string[] {
  return [...new Set([...code.matchAll(/(["'`])\{\{([^{}]+)\}\}\1/g)].map(([, , name = '']) => name))]
}

export type TextPart = { readonly literal: string } | { readonly variable: string }

/** Literals and names in turn, a literal first and last; each may be empty. */
export function partsOfText(text: string): readonly TextPart[] {
  return text.split(VARIABLE).map((part, index) => (index % 2 === 0 ? { literal: part } : { variable: part }))
}

/** Rewrites every `{{name}}` in a text. */
export function mapReferences(text: string, rewrite: (name: string) => string): string {
  return replaceReferences(text, (name) => `{{${rewrite(name)}}}`)
}

/** Puts something else in the place of every `{{name}}`. */
export function replaceReferences(text: string, made: (name: string) => string): string {
  return text.replace(VARIABLE, (_, name: string) => made(name))
}
