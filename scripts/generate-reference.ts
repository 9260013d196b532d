/** Writes docs/reference.md from the language's schema and the example plans. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exampleBecomes, exampleValues } from '../src/commands/explain.ts'
import { renderReference } from '../src/docs/reference.ts'

const PAGE = new URL('../docs/reference.md', import.meta.url)

/** What fields become, found out by compiling: some seconds for all of them. */
export function foundOut(): Promise<(path: string) => string> {
  return exampleBecomes()
}

/** The page as it is, and what it says that fields become. */
export function committed(): { readonly text: string; readonly becomes: ReadonlyMap<string, string> } {
  const text = readFileSync(PAGE, 'utf8')
  const sections = text.split(/^#+ (?=`)/m).slice(1)
  const said = sections.map((section): [string, string] => [
    /^`(.+)`$/m.exec(section)?.[1] ?? '',
    (/^Becomes: (.*)\.$/m.exec(section)?.[1] ?? '').replaceAll(/\\(.)/g, '$1'),
  ])
  return { text, becomes: new Map(said) }
}

export async function reference(becomes: (path: string) => string): Promise<string> {
  return renderReference(await exampleValues(), becomes)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, await reference(await foundOut()))
