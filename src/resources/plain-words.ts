/**
 * Words of a plan among our own lines in notes and descriptions. Whatever they are, they stay in one line, open no marker and
 * pass for none of our lines.
 */

/** The beginnings of our lines. Under the last two stands the list of GA4. */
const LABELS = ['Owner:', 'Target:', 'Plan:', 'Key event', 'Setting '] as const

/** In one line, and without the bracket that opens a marker. */
export function unmarked(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/\[(?=\/?measurement-plan)/g, '(')
}

/** A title as a line of its own: in quotes where it begins as one of ours does. */
export function titleLine(title: string): string {
  const line = unmarked(title)
  return LABELS.some((label) => line.startsWith(label)) ? `“${line}”` : line
}
