import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readTemplates, templateFolder, type Templates } from '../compile/templates.ts'
import { Failure } from './failure.ts'
import { fileOptions } from './options-file.ts'
import { PACKAGE_ROOT } from './package-files.ts'

/** Our templates with the user's, of `--templates` or the file of options, laid over them. */
export async function allTemplates(named: string | undefined): Promise<Templates> {
  const directory = named ?? (await fileOptions()).templates
  const theirs = directory === undefined ? undefined : await templateFolder(directory)
  const hasPages = directory !== undefined && existsSync(join(directory, 'pages'))
  if (directory !== undefined && theirs === undefined && !hasPages)
    throw new Failure(
      'templates-folder-holds-templates',
      existsSync(directory)
        ? `${directory} holds no templates: it needs tags, triggers, variables or partials, as templates/gtm has, or pages, as templates has.`
        : `There is no folder ${directory}.`,
    )
  return readTemplates([join(PACKAGE_ROOT, 'templates/gtm'), ...(theirs === undefined ? [] : [theirs])])
}

/** Our files of pages, and the user's that are laid over them file by file. */
export async function pageFolders(named: string | undefined): Promise<readonly string[]> {
  const directory = named ?? (await fileOptions()).templates
  const theirs = directory === undefined ? [] : [join(directory, 'pages')]
  return [join(PACKAGE_ROOT, 'templates/pages'), ...theirs]
}
