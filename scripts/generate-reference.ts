/** Writes docs/reference.md from the language's schema and the example plans. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { examplesIn, renderReference } from '../src/docs/reference.ts'

const plans = new URL('../plans/', import.meta.url)

export async function reference(): Promise<string> {
  const files = (await readdir(plans)).filter((name) => name.endsWith('.yaml')).toSorted()
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, plans), 'utf8')))
  return renderReference(examplesIn(texts.map((text): unknown => parse(text))))
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(new URL('../docs/reference.md', import.meta.url), await reference())
