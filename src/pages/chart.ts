/** Charts as SVG, drawn by Observable Plot without a browser. */
import * as Plot from '@observablehq/plot'
import { Markup } from './render-page.ts'
import { SvgDocument, type SvgElement } from './svg-document.ts'

/**
 * Draws a plot. Labels keep to where Plot puts them in right-to-left pages too (page.css sets the direction of svg);
 * colours are CSS variables, so that dark pages and print need nothing more.
 * @param label said instead of the picture by a screen reader.
 */
export function chart(label: string, options: Plot.PlotOptions): Markup {
  const svg = Plot.plot({ ...options, document: new SvgDocument() as never }) as unknown as SvgElement
  for (const element of [...svg.all()]) {
    // Plot names its groups, which axe refuses: a group without a role may not have a name.
    element.removeAttribute('aria-label')
    element.removeAttribute('aria-description')
    if (element.tagName === 'style') element.remove()
  }
  svg.setAttribute('class', 'chart')
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', label)
  return new Markup(svg.outerHTML)
}
