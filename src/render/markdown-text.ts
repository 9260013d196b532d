/**
 * A plan's words inside Markdown. They are a stranger's text in our comment: they may neither become markup nor reach
 * beyond it (mentions, issue references, links, table cells).
 */
import { printable } from './diagnostics.ts'

/**
 * Text that reads as it is written, anywhere in Markdown, table cells included.
 * @param addresses whether mail addresses stay as they are, so that they can be copied: in documents of the team's own.
 */
export function text(words: string, limit = 200, addresses = false): string {
  return shortened(oneLine(words), limit)
    .replaceAll(/[!-/:-@[-`{-~]/g, (character, at: number, line: string) =>
      isHarmless(character, at, line) || (addresses && isOfAddress(character, at, line))
        ? character
        : `&#${character.charCodeAt(0)};`,
    )
    .replaceAll(LINKED, '$&&#8203;')
}

function isHarmless(character: string, at: number, line: string): boolean {
  if (character === ':') return /^(\s|$)/.test(line.slice(at + 1))
  // At the beginning of a line these make lists.
  return character === '-' || character === '+' ? at > 0 : " ,;%=/?'.()".includes(character)
}

/** Behind a letter or a number nobody is mentioned. */
function isOfAddress(character: string, at: number, line: string): boolean {
  return character === '@' && /[\p{L}\p{N}_]/u.test(line[at - 1] ?? '')
}

/**
 * GitHub links these in text that is rendered already, where an entity has become its character again: @name, #12,
 * GH-12, www., and the schemes of addresses. A zero-width space behind them makes them plain text.
 */
const LINKED = /&#64;|&#35;(?=\d)|\bGH(?=-\d)|\bwww(?=\.)|\b(?:https?|ftp|mailto|xmpp)&#58;/gi

/** A value or an id in code type. */
export function code(words: string, limit = 200): string {
  const line = shortened(oneLine(words), limit)
  if (line.trim() === '') return '<code>&nbsp;</code>'
  // Between single backticks everything is literal; a bar would end the table cell and a backtick the span.
  if (/^[^`|\\]+$/.test(line) && line === line.trim()) return `\`${line}\``
  return `<code>${text(line, limit)}</code>`
}

/** A block of code type of any length. */
export function codeBlock(words: string): string {
  const lines = words.split(/\r\n|\r|\n/).map(printable)
  const longest = Math.max(2, ...(words.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [fence, ...lines, fence].join('\n')
}

/** Rows of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function oneLine(words: string): string {
  return printable(words.replaceAll(/\s*[\r\n]+\s*/g, ' '))
}

/** Cut between characters, never within one. */
function shortened(words: string, limit: number): string {
  if (words.length <= limit) return words
  const cut = words.slice(0, limit - 1)
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}
