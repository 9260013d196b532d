import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The files that a page is drawn from, by their path below `pages/`: `layout.hbs`, `partials/card.hbs`, `tokens.css`. */
export type PageFiles = ReadonlyMap<string, PageFile>

export interface PageFile {
  readonly file: string
  readonly text: string
}

/**
 * Reads templates, style sheets and scripts of pages. A later directory overlays an earlier one file by file; one that
 * is not there overlays nothing.
 */
export async function readPageFiles(directories: readonly string[]): Promise<PageFiles> {
  const found = await Promise.all(directories.map(readDirectory))
  return new Map(found.flat())
}

async function readDirectory(directory: string): Promise<(readonly [string, PageFile])[]> {
  const names = await readdir(directory, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return Promise.all(
    names
      .filter((name) => /\.(hbs|css|js)$/.test(name))
      .sort()
      .map(async (name) => {
        const file = join(directory, name)
        return [name.replaceAll('\\', '/'), { file, text: await readFile(file, 'utf8') }] as const
      }),
  )
}
