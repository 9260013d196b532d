/** How wide texts are at a terminal: two columns for East Asian wide characters and emoji, none for marks. */
import stringWidth from 'string-width'

export function columns(text: string): number {
  // Most texts are plain, and finding the characters of the others takes more than a hundred times as long.
  return PLAIN.test(text) ? text.length : stringWidth(text)
}

/** Latin, dashes, quotes and arrows, one column each; nothing that combines. A test asks the library about every one. */
export const PLAIN = /^[ -~\u00a0-\u00a8\u00aa-\u00ac\u00af-\u02ff\u2010-\u2027\u2190-\u2193]*$/

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}

/** The text, cut between characters where it is too wide. For names only: of two sides that differ nothing is cut. */
export function fit(text: string, room: number): string {
  if (columns(text) <= room) return text
  let cut = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (columns(cut + segment) > room - 1) break
    cut += segment
  }
  return `${cut}…`
}

/** Lines of words that keep within the width; a word that is wider stands on a line of its own, whole. */
export function wrapped(text: string, width: number, first = '', next = first): readonly string[] {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of text.split(' ')) {
    const piece = isEmpty ? word : ` ${word}`
    if (!isEmpty && columns(line + piece) > width) {
      lines.push(line)
      line = next + word
    } else {
      line += piece
    }
    isEmpty = false
  }
  return [...lines, line]
}
