/** Files that lie beside a full checkout and are not in a bare clone: API descriptions and other people's containers. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const shared = join(import.meta.dirname, '..', '..', '..', 'shared')

export const apiFacts = existsSync(join(shared, 'google-apis')) ? join(shared, 'google-apis') : undefined

const exportsFolder = join(shared, 'gtm-exports')

/** Real container exports; none in a bare clone. */
export const exportFiles: readonly string[] = existsSync(exportsFolder)
  ? readdirSync(exportsFolder).filter((file) => file.endsWith('.json') && file !== 'CATALOGUE.json')
  : []

export function readExport(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(exportsFolder, file), 'utf8')) as Record<string, unknown>
}

/** Said in the name of a test that is skipped. */
export const ABSENT = 'skipped: ../shared is not there'
