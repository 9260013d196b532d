import { join } from 'node:path'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import { namesElsewhere } from '../docs/catalogue-vendors.ts'
import { renderCataloguePage } from '../docs/catalogue-text.ts'
import { cataloguePage, type CataloguePage } from '../plan/catalogue-page.ts'
import { readCatalogue, renderCatalogue, searchCatalogue, type CatalogueEntry } from '../plan/catalogue.ts'
import type { ExitCode, Io } from './io.ts'
import { today } from './load-plan.ts'
import { meantOr } from './meant-or.ts'
import { PACKAGE_ROOT } from './package-files.ts'
import { paintOf } from './paint.ts'

/** Where ready-made conversions ship. */
export const CATALOGUE = join(PACKAGE_ROOT, 'templates/conversions')

export interface CatalogueOptions {
  readonly format: 'text' | 'json'
}

/** Shows the conversion of that id, or lists those that the words find; exit 1 when there is none. */
export async function catalogueCommand(
  words: readonly string[],
  { format }: CatalogueOptions,
  io: Io,
): Promise<ExitCode> {
  const entries = await readCatalogue(CATALOGUE)
  const asked = words.join(' ')
  const one = entries.find(({ id }) => id === asked)
  const found = one === undefined ? searchCatalogue(entries, asked) : [one]
  const pageOf = (entry: CatalogueEntry): CataloguePage => cataloguePage(entry, today(io), namesElsewhere)
  if (format === 'json') {
    io.out(`${JSON.stringify({ formatVersion: 1, entries: found.map(pageOf) }, null, 2)}\n`)
  } else if (one !== undefined) {
    io.out(renderCataloguePage(pageOf(one), paintOf(io).bold))
    io.err(`To put it into a plan: plan add STAGE ${one.id}\n`)
  } else if (found.length > 0) {
    io.out(renderCatalogue(found))
    io.err(
      `plan catalogue ${found.length === 1 ? (found[0]?.id ?? 'ID') : 'ID'} shows what it is and the YAML.\n`,
    )
  }
  if (found.length > 0) return 0
  const instead = meantOr('plan catalogue lists everything.', nearestEntry(asked, entries))
  io.err(`Nothing in the catalogue matches "${asked}". ${instead}\n`)
  return 1
}

/** The id or synonym that was most likely meant. */
function nearestEntry(asked: string, entries: readonly CatalogueEntry[]): string | undefined {
  const ids = entries.map(({ id }) => id)
  const words = entries.flatMap(({ words: all }) => all)
  return didYouMean(asked, ids) ?? didYouMean(asked, words)
}
