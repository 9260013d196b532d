/** Charts as SVG, drawn by Observable Plot without a browser. */
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { Markup } from './render-page.ts'

/** The part of linkedom's elements that is used. */
interface Drawn {
  readonly tagName: string
  readonly outerHTML: string
  querySelector(selector: string): Drawn | null
  querySelectorAll(selector: string): readonly Drawn[]
  setAttribute(name: string, value: string): void
  removeAttribute(name: string): void
  remove(): void
}

/** The part of a DOM that a chart is drawn in. */
const { document } = parseHTML('<!doctype html><html><body></body></html>')

/**
 * Draws a plot. Labels keep to where Plot puts them in right-to-left pages too (page.css sets the direction of svg);
 * colours are CSS variables, so that dark pages and print need nothing more.
 * @param label said instead of the picture by a screen reader.
 */
export function chart(label: string, options: Plot.PlotOptions): Markup {
  const figure = Plot.plot({ ...options, document: document as never }) as unknown as Drawn
  const svg = figure.tagName.toLowerCase() === 'svg' ? figure : figure.querySelector('svg')
  if (svg === null) throw new Error('Plot drew no svg.')
  // Plot names its groups, which axe refuses: a group without a role may not have a name.
  for (const group of svg.querySelectorAll('[aria-label], [aria-description]')) {
    group.removeAttribute('aria-label')
    group.removeAttribute('aria-description')
  }
  for (const style of svg.querySelectorAll('style')) style.remove()
  svg.setAttribute('class', 'chart')
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', label)
  return new Markup(svg.outerHTML)
}
