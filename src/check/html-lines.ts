/** A team's own HTML line by line, for the rules about it. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { PlanPlaces } from './places.ts'

export interface HtmlLine {
  /** The id of its destination. */
  readonly id: string
  /** The line of a file; the whole text where it stands in the plan. */
  readonly at: Pointer
  readonly text: string
  /** What of the line is script, without its comments. */
  readonly code: string
  /** All of it. */
  readonly whole: string
}

export function htmlLines({ destinations }: PlanPlaces): readonly HtmlLine[] {
  return destinations.flatMap(({ id, at, destination: { html } }) => {
    if (html === undefined) return []
    const here = `${at}/html`
    const whole = Array.isArray(html) ? html.join('\n') : html
    let isScript = false
    let isComment = false
    const read = (part: string): string => {
      let code = ''
      for (const [piece] of (isComment ? `/*${part}` : part).matchAll(PIECE)) {
        isComment = piece.startsWith('/*') && !CLOSED.test(piece)
        if (!/^\/[/*]/.test(piece)) code += piece
      }
      return code
    }
    return whole.split('\n').map((text, index): HtmlLine => {
      let code = ''
      for (const part of text.split(/(<script\b[^>]*>|<\/script\s*>)/i)) {
        if (/^<script\b/i.test(part)) [isScript, isComment] = [true, false]
        else if (/^<\/script/i.test(part)) isScript = false
        else if (isScript) code += read(part)
      }
      return { id, at: Array.isArray(html) ? here + pointerOf(index) : here, text, code, whole }
    })
  })
}

/**
 * A text in quotes is one piece, so that what looks like a comment in it is none; so is a comment, whatever it holds. A template
 * literal may end on another line.
 */
const PIECE = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*|\/\*.*?(?:\*\/|$)|./g

/** A comment that ends on its line. */
const CLOSED = /^\/\*.*\*\/$/
