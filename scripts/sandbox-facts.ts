/**
 * Writes src/sandbox/facts/*.json from the API descriptions in ../shared/google-apis: method names, paths, scopes, field
 * names, types and enums, one short string a field. Facts only; no prose is taken over.
 *
 *   npx tsx scripts/sandbox-facts.ts [SOURCE_DIR]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compactFacts, type SharedApi } from './sandbox-facts-compact.ts'

export const FACT_FILES = [
  'tagmanager-v2',
  'analyticsadmin-v1beta',
  'analyticsadmin-v1alpha',
  'analyticsdata-v1beta',
] as const

const root = join(import.meta.dirname, '..')
const source = process.argv[2] ?? join(root, '..', 'shared', 'google-apis')
for (const name of FACT_FILES) {
  const api = JSON.parse(readFileSync(join(source, `${name}.json`), 'utf8')) as SharedApi
  writeFileSync(
    join(root, 'src/sandbox/facts', `${name}.json`),
    JSON.stringify(compactFacts(api), null, 2) + '\n',
  )
}
