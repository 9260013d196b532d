import Handlebars from 'handlebars'
import { holdsBraces } from '../resources/braces.ts'
import type { Text, TemplateValues } from '../sources/gtm.ts'
import { BLOCKS, HELPERS, parseTemplate } from './template-rules.ts'
import type { Template, Templates } from './templates.ts'

/** A literal holds `{{`, which GTM would read as a reference. The check refuses it earlier, with its line. */
export class BracesError extends Error {
  readonly literal: string
  constructor(literal: string) {
    super(`"${literal}" holds {{, which GTM reads as a reference to a variable.`)
    this.literal = literal
  }
}

/** The template is at fault; the message names its file. */
export class TemplateError extends Error {}

export type Render = (template: string, values: TemplateValues) => Record<string, unknown>

/** What was made of templates before: many plans, and many states of one, are compiled with the same. */
const KNOWN = new WeakMap<Templates, Render>()

/** Gives a function that renders an entity as GTM's JSON. Each template is compiled once, when first needed. */
export function renderer(templates: Templates): Render {
  const render = KNOWN.get(templates) ?? newRenderer(templates)
  KNOWN.set(templates, render)
  return render
}

function newRenderer(templates: Templates): Render {
  const handlebars = Handlebars.create()
  handlebars.registerHelper('text', textHelper)
  handlebars.registerHelper('variable', (name: unknown) => encode({ variable: String(name) }))
  const compile = (template: Template): HandlebarsTemplateDelegate =>
    handlebars.compile(parseTemplate(template.text), {
      noEscape: true,
      // What is rendered is read as JSON, to which indentation says nothing.
      preventIndent: true,
      knownHelpersOnly: true,
      knownHelpers: Object.fromEntries([...BLOCKS, ...HELPERS].map((name) => [name, true])),
    })
  let partialsReady = false
  const compiled = new Map<string, HandlebarsTemplateDelegate>()

  const templateOf = (name: string, template: Template): HandlebarsTemplateDelegate => {
    if (!partialsReady) registerPartials(handlebars, templates, compile)
    partialsReady = true
    const known = compiled.get(name) ?? blame(template, () => compile(template))
    compiled.set(name, known)
    return known
  }

  return (name, values) => {
    const template = templates.get(name)
    if (!template) throw new TemplateError(`The template ${name}.hbs is missing.`)
    const run = templateOf(name, template)
    const text = blame(template, () => run(values))
    return blame(template, () => JSON.parse(text) as Record<string, unknown>)
  }
}

function registerPartials(
  handlebars: typeof Handlebars,
  templates: Templates,
  compile: (template: Template) => HandlebarsTemplateDelegate,
): void {
  for (const [name, template] of templates) {
    if (!name.startsWith('partials/')) continue
    handlebars.registerPartial(
      name.slice('partials/'.length),
      blame(template, () => compile(template)),
    )
  }
}

function textHelper(value: unknown): string {
  if (typeof value === 'string') return encode(value)
  if (typeof value === 'object' && value !== null && ('variable' in value || 'joined' in value))
    return encode(value as Text)
  throw new Error('{{text …}} was given a name that has no value here.')
}

function encode(text: Text): string {
  return JSON.stringify(written(text))
}

function written(text: Text): string {
  if (typeof text === 'string') {
    if (holdsBraces(text)) throw new BracesError(text)
    return text
  }
  if ('variable' in text) {
    if (/[{}]/.test(text.variable)) throw new BracesError(text.variable)
    return `{{${text.variable}}}`
  }
  const parts = text.joined.map(written)
  // A brace beside a reference would move where the reference begins or ends.
  const beside = text.joined.find(
    (part, index) =>
      typeof part === 'string' &&
      ((part.endsWith('{') && index < parts.length - 1) || (part.startsWith('}') && index > 0)),
  )
  if (typeof beside === 'string') throw new BracesError(beside)
  return parts.join('')
}

function blame<T>(template: Template, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof BracesError || error instanceof TemplateError) throw error
    throw new TemplateError(`${template.file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
