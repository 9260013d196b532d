/** A team's own HTML line by line, for the rules about it. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { PlanPlaces } from './places.ts'

export interface HtmlLine {
  /** The id of its destination. */
  readonly id: string
  /** The line of a file; the whole text where it stands in the plan. */
  readonly at: Pointer
  readonly text: string
  /** What of the line is script. */
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
    return whole.split('\n').map((text, index): HtmlLine => {
      let code = ''
      for (const part of text.split(/(<script\b[^>]*>|<\/script\s*>)/i)) {
        if (/^<script\b/i.test(part)) isScript = true
        else if (/^<\/script/i.test(part)) isScript = false
        else if (isScript) code += part
      }
      return { id, at: Array.isArray(html) ? here + pointerOf(index) : here, text, code, whole }
    })
  })
}
