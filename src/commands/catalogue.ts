import { join } from 'node:path'
import { readCatalogue, renderCatalogue, searchCatalogue } from '../plan/catalogue.ts'
import type { ExitCode, Io } from './io.ts'
import { PACKAGE_ROOT } from './package-files.ts'

/** Where ready-made conversions ship. */
export const CATALOGUE = join(PACKAGE_ROOT, 'templates/conversions')

/** Lists ready-made conversions; exit 1 when none matches. */
export async function catalogueCommand(word: string | undefined, io: Io): Promise<ExitCode> {
  const entries = searchCatalogue(await readCatalogue(CATALOGUE), word)
  if (entries.length === 0) {
    io.err(`Nothing in the catalogue matches "${word}". plan catalogue lists everything.\n`)
    return 1
  }
  io.out(renderCatalogue(entries))
  return 0
}
