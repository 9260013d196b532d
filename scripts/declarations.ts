/** The types of what the package exports, for users with TypeScript: one .d.ts a source file, only what is reachable. */
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/** Writes the declarations of `entry` and of all that they refer to. Paths are under `from` and come out under `to`. */
export async function writeDeclarations(entry: string, from: string, to: string): Promise<void> {
  const files = new Map<string, string>()
  const visit = (file: string): void => {
    if (files.has(file)) return
    const { outputText } = ts.transpileDeclaration(readFileSync(join(from, file), 'utf8'), {
      fileName: file,
      compilerOptions: { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, strict: true },
    })
    files.set(file, outputText.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"))
    for (const [, path = ''] of outputText.matchAll(/from '(\.[^']*)'/g))
      visit(normalize(join(dirname(file), path)))
  }
  visit(entry)
  for (const [file, text] of files) {
    const path = join(to, file.replace(/\.ts$/, '.d.ts'))
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
}
