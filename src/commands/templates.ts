import { join } from 'node:path'
import { readTemplates, templateFolder, type Templates } from '../compile/templates.ts'
import { Failure } from './failure.ts'
import { fileOptions } from './options-file.ts'
import { PACKAGE_ROOT } from './package-files.ts'

/** Our templates with the user's, of `--templates` or the file of options, laid over them. */
export async function allTemplates(named: string | undefined): Promise<Templates> {
  const directory = named ?? (await fileOptions()).templates
  const theirs = directory === undefined ? undefined : await templateFolder(directory)
  if (directory !== undefined && theirs === undefined)
    throw new Failure(
      `${directory} holds no templates: it needs folders tags, triggers, variables or partials, as templates/gtm has.`,
    )
  return readTemplates([join(PACKAGE_ROOT, 'templates/gtm'), ...(theirs === undefined ? [] : [theirs])])
}
