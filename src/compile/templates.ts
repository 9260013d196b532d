import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The text of one template and the file it was read from. */
export interface Template {
  readonly file: string
  readonly text: string
}

/** Templates by name: `tags/ga4-event`, `triggers/click`, `variables/constant`, `partials/condition`. */
export type Templates = ReadonlyMap<string, Template>

const FOLDERS = ['tags', 'triggers', 'variables', 'partials']

/**
 * Reads the templates of GTM entities. A later directory overlays an earlier one file by file.
 * @param directories each holds `tags/`, `triggers/`, `variables/` and `partials/`, or some of them.
 */
export async function readTemplates(directories: readonly string[]): Promise<Templates> {
  const found = await Promise.all(
    directories.flatMap((directory) => FOLDERS.map((folder) => readFolder(directory, folder))),
  )
  return new Map(found.flat())
}

/**
 * Where in a user's directory the templates of GTM lie: in `gtm/`, as in ours, or in the directory itself. Undefined
 * when there are none, so that a misspelt directory is not taken for an empty one.
 */
export async function templateFolder(directory: string): Promise<string | undefined> {
  for (const candidate of [join(directory, 'gtm'), directory]) {
    const found = await readTemplates([candidate]).catch(() => new Map())
    if (found.size > 0) return candidate
  }
  return undefined
}

async function readFolder(directory: string, folder: string): Promise<(readonly [string, Template])[]> {
  const names = await readdir(join(directory, folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return Promise.all(
    names
      .filter((name) => name.endsWith('.hbs'))
      .sort()
      .map(async (name) => {
        const file = join(directory, folder, name)
        const text = await readFile(file, 'utf8')
        return [`${folder}/${name.slice(0, -'.hbs'.length)}`, { file, text }] as const
      }),
  )
}
