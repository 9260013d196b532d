/** Writes docs/reference.md from the language's schema and the example plans. */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { exampleValues } from '../src/commands/explain.ts'
import { renderReference } from '../src/docs/reference.ts'

export async function reference(): Promise<string> {
  return renderReference(await exampleValues())
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(new URL('../docs/reference.md', import.meta.url), await reference())
