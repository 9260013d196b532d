/**
 * Whether a text is a CSS selector, as far as that can be told without a browser: brackets and quotes that close, no
 * combinator without a side, no pseudo-class of jQuery's. What passes may still match nothing.
 */
const JQUERY =
  /:(contains|visible|hidden|eq|gt|lt|odd|even|first|last|has-text|button|input|checkbox|radio|submit|text)(?![\w-])/

/** What is wrong with a selector, in a few words; undefined when nothing is. */
export function selectorProblem(selector: string): string | undefined {
  if (selector.trim() === '') return 'it is empty'
  const typographic = /[\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb]/.exec(selector)?.[0]
  if (typographic !== undefined) return `${typographic} is a typographic quote, which CSS does not know`
  let quote: string | undefined
  const open: string[] = []
  let bare = ''
  for (let index = 0; index < selector.length; index++) {
    const character = selector[index] ?? ''
    if (character === '\\') {
      index++
      bare += 'x'
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined
    } else if (character === '"' || character === "'") {
      quote = character
      if (!open.includes('[') && !open.includes('(')) return 'a quote stands outside of brackets'
    } else if (character === '[' || character === '(') open.push(character)
    else if (character === ']' || character === ')') {
      if (open.pop() !== (character === ']' ? '[' : '(')) return `${character} closes nothing`
      if (open.length === 0) bare += character === ']' ? '[]' : '()'
    } else if (open.length === 0) bare += character
  }
  if (quote !== undefined) return 'a quote is not closed'
  if (open.length > 0) return `${open.at(-1) ?? ''} is not closed`
  const jquery = JQUERY.exec(bare)?.[0]
  if (jquery !== undefined) return `${jquery} is jQuery, not CSS`
  for (const part of bare.split(',')) {
    const trimmed = part.trim()
    if (trimmed === '') return 'a comma has nothing on one side'
    if (/^[>+~]|[>+~]$|[>+~]\s*[>+~]/.test(trimmed)) return 'a combinator (>, + or ~) has nothing on one side'
    if (/[.#](\d|$|[\s>+~.#:])/.test(trimmed)) return 'a class or id has no name, or begins with a digit'
    if (/[^\p{L}\p{N}\s\-_.#*>+~:|()[\]\u0080-\uffff]/u.test(trimmed))
      return `${/[^\p{L}\p{N}\s\-_.#*>+~:|()[\]]/u.exec(trimmed)?.[0] ?? ''} has no place there`
  }
  return undefined
}
