/**
 * Self-contained pages: style sheet and script stand in the file, nothing is loaded from elsewhere. Handlebars escapes
 * every text; what is drawn by us (charts) passes as `Markup`, which no text of a plan can be.
 */
import Handlebars from 'handlebars'
import type { PageFiles } from './read-pages.ts'

/** A template, a style sheet or a script of pages is at fault; the message names its file. */
export class PageError extends Error {}

/** HTML or SVG of our own making, every text in it escaped already. */
export class Markup {
  readonly html: string
  constructor(html: string) {
    this.html = html
  }
}

export type RenderPage = (name: string, view: object) => string

/** One style sheet for everything that a browser shows. */
const STYLES = ['tokens.css', 'page.css']

/** Gives a function that draws the template `name` (`docs` is `docs.hbs`). Each is compiled once, when first needed. */
export function pageRenderer(files: PageFiles): RenderPage {
  const handlebars = Handlebars.create()
  handlebars.registerHelper('json', (value: unknown) => new Handlebars.SafeString(scriptJson(value)))
  handlebars.registerHelper('markup', (value: unknown) => {
    if (!(value instanceof Markup)) throw new Error('{{markup …}} was given something that is not Markup.')
    return new Handlebars.SafeString(value.html)
  })
  handlebars.registerHelper('styles', () => new Handlebars.SafeString(STYLES.map(textOf).join('\n')))
  handlebars.registerHelper('script', (name: unknown) => new Handlebars.SafeString(textOf(String(name))))
  handlebars.registerHelper('breaks', (value: unknown) => new Handlebars.SafeString(breakable(String(value))))
  handlebars.registerHelper('same', (a: unknown, b: unknown) => a === b)

  function textOf(name: string): string {
    const found = files.get(name)
    if (found === undefined) throw new PageError(`The page file ${name} is missing.`)
    return found.text
  }

  const compiled = new Map<string, HandlebarsTemplateDelegate>()
  const compile = (name: string): HandlebarsTemplateDelegate => {
    const known = compiled.get(name) ?? handlebars.compile(textOf(name), { strict: false })
    compiled.set(name, known)
    return known
  }
  for (const [name] of files) {
    const partial = /^(?:partials\/)?([^/]+)\.hbs$/.exec(name)?.[1]
    if (partial !== undefined) handlebars.registerPartial(partial, textOf(name))
  }

  return (name, view) => {
    const file = files.get(`${name}.hbs`)?.file ?? `${name}.hbs`
    const template = compile(`${name}.hbs`)
    try {
      return template(view)
    } catch (error) {
      if (error instanceof PageError) throw error
      throw new PageError(
        `${unparsable(files) ?? file}: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
}

/** The file that is no template: a partial is read only in the middle of the page that calls it. */
function unparsable(files: PageFiles): string | undefined {
  for (const [name, { file, text }] of files) {
    if (!name.endsWith('.hbs')) continue
    try {
      Handlebars.parse(text)
    } catch {
      return file
    }
  }
  return undefined
}

/** JSON for a script element: no text in it can end the element, and none is a line end to a script. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}

/** A text whose addresses break behind @ and dots, and whose days, 2027-03-31, do not break. */
function breakable(text: string): string {
  return escapeText(text)
    .replaceAll(/@|\b\.(?=[a-z])/g, '$&<wbr>')
    .replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, '<span class="day">$&</span>')
}

/** A text inside Markup, in an element or a quoted attribute. */
export function escapeText(text: string): string {
  return Handlebars.escapeExpression(text)
}
