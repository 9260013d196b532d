/** Writes the list of rules and the union of their codes from the files in src/check/rules. */
import { readdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { format } from 'prettier'

const rulesFolder = new URL('../src/check/rules/', import.meta.url)
const indexFile = new URL('index.ts', rulesFolder)
const codesFile = new URL('../src/codes/rule-code.ts', import.meta.url)

/** A rule's file is `family/code.ts` and exports the rule under its code in camel case. */
async function readRuleFiles(): Promise<readonly string[]> {
  const files = await readdir(rulesFolder, { recursive: true })
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.includes('/') && file.endsWith('.ts'))
    .toSorted()
}

/** File address to text. */
export async function renderRuleLists(): Promise<ReadonlyMap<URL, string>> {
  const files = await readRuleFiles()
  const codeOf = (file: string): string => file.replace(/^.*\/|\.ts$/g, '')
  const nameOf = (file: string): string =>
    codeOf(file).replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  const header = '// Generated from the files in src/check/rules by `npm run generate`. Do not edit.\n'
  const index = [
    header,
    `import type { Rule } from '../rule.ts'`,
    ...files.map((file) => `import { ${nameOf(file)} } from './${file}'`),
    `\nexport const RULES: readonly Rule[] = [${files.map(nameOf).join(', ')}]`,
  ].join('\n')
  const codes = `${header}\nexport type RuleCode = ${files.map((file) => `| '${codeOf(file)}'`).join(' ')}\n`
  const style = { parser: 'typescript', semi: false, singleQuote: true, printWidth: 110 } as const
  return new Map([
    [indexFile, await format(index, style)],
    [codesFile, await format(codes, style)],
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of await renderRuleLists()) await writeFile(file, text)
}
