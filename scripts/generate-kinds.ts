/** Writes the kinds of resource into the schemas of the JSON output, from the table of kinds. */
import { readFile, writeFile } from 'node:fs/promises'
import { format } from 'prettier'
import { ALL_KINDS } from '../src/kinds/kinds.ts'

for (const name of ['change-set', 'apply-report', 'review']) {
  const file = new URL(`../schemas/${name}.schema.json`, import.meta.url)
  const text = await readFile(file, 'utf8')
  const kinds = ALL_KINDS.map((kind) => `"${kind}"`).join(', ')
  const written = text.replace(/\[\s*"gtm\/built-in-variable",[^\]]*\]/g, `[${kinds}]`)
  await writeFile(file, await format(written, { parser: 'json', printWidth: 110 }))
}
