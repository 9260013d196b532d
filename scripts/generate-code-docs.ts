/** Writes docs/codes from the data of the checks, each page with what the check says about one of test/bad-plans. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { CODES } from '../src/codes/all.ts'
import { renderCodeIndex, renderCodePage } from '../src/codes/explain.ts'

const docs = new URL('../docs/codes/', import.meta.url)
const badPlans = new URL('../test/bad-plans/', import.meta.url)

/** File name to text. */
export async function renderCodeDocs(): Promise<ReadonlyMap<string, string>> {
  const examples = await readExamples()
  const pages = [...CODES.values()].map(
    (facts) => [`${facts.code}.md`, renderCodePage(facts, examples.get(facts.code))] as const,
  )
  return new Map([['README.md', renderCodeIndex()], ...pages])
}

/** For each code the first thing that a bad plan's golden file says with it. */
async function readExamples(): Promise<ReadonlyMap<string, string>> {
  const examples = new Map<string, string>()
  for (const name of (await readdir(badPlans)).filter((name) => !name.endsWith('.yaml')).toSorted()) {
    const golden = new URL(`${name}/diagnostics.txt`, badPlans)
    // A bad plan that is new has none until its test has run.
    if (!existsSync(golden)) continue
    const text = await readFile(golden, 'utf8')
    for (const block of text.replaceAll(`test/bad-plans/${name}/`, '').split('\n\n')) {
      const code = /^\S+:\d+:\d+ \w+ ([a-z0-9-]+)/.exec(block)?.[1]
      if (code !== undefined && !examples.has(code)) examples.set(code, block)
    }
  }
  return examples
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // First drawn, then put in the place of the old ones: what cannot be drawn leaves them as they are.
  const pages = await renderCodeDocs()
  await rm(docs, { recursive: true, force: true })
  await mkdir(docs, { recursive: true })
  for (const [name, text] of pages) await writeFile(new URL(name, docs), text)
}
