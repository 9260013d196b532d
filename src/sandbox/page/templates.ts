/** The page's templates: Handlebars, escaped, without logic beyond each and if. Loaded when somebody first looks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export type RenderPage = (template: string, view: object) => string

/** `templates/sandbox` stands beside both src/ and dist/, at some height above this file. */
function templateFolder(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'templates', 'sandbox')
    if (existsSync(candidate)) return candidate
  }
  throw new Error('The folder templates/sandbox is missing.')
}

let loaded: { readonly render: RenderPage; readonly style: string } | undefined

export async function pageTemplates(): Promise<{ readonly render: RenderPage; readonly style: string }> {
  loaded ??= await load()
  return loaded
}

async function load(): Promise<{ readonly render: RenderPage; readonly style: string }> {
  const { default: Handlebars } = await import('handlebars')
  const folder = templateFolder()
  const handlebars = Handlebars.create()
  const files = readdirSync(folder).filter((file) => file.endsWith('.hbs'))
  for (const file of files) {
    handlebars.registerPartial(basename(file, '.hbs'), readFileSync(join(folder, file), 'utf8'))
  }
  const page = handlebars.compile('{{#> layout}}{{> (lookup . "template")}}{{/layout}}', { strict: false })
  return {
    render: (template, view) => page({ ...view, template }),
    style: readFileSync(join(folder, 'style.css'), 'utf8'),
  }
}
