/** The licences of what is bundled, which all of them ask to be passed on. */
import type { Metafile } from 'esbuild'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i

/** One text with the licence of every package that has a byte in the bundle, below name and version. Throws for one without. */
export function noticesOf(bundles: readonly Metafile[], root: string): string {
  const outputs = bundles.flatMap(({ outputs: made }) => Object.values(made))
  const inputs = outputs.flatMap((output) =>
    Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  )
  const folders = new Set(
    inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  )
  const notices = [...folders].map((folder) => noticeOf(join(root, folder)))
  // Most licences are one text with another name in it; what is word for word the same stands there once.
  const packagesOf = new Map<string, Set<string>>()
  for (const { text, of } of notices) packagesOf.set(text, (packagesOf.get(text) ?? new Set()).add(of))
  const parts = [...packagesOf].map(([text, packages]) => `${[...packages].sort().join('\n')}\n\n${text}\n`)
  return ['measurement-plan carries the following packages in its bundle.\n', ...parts.sort()].join(
    `\n${'='.repeat(80)}\n`,
  )
}

function noticeOf(folder: string): { readonly of: string; readonly text: string } {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly license: string
  }
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  const text = texts.length > 0 ? texts.join('\n\n') : inReadme(folder)
  if (text === undefined)
    throw new Error(`${name} ${version} (${license}) comes without the text of its licence.`)
  return { of: `${name} ${version} (${license})`, text }
}

/** Some packages have their licence at the end of the README. */
function inReadme(folder: string): string | undefined {
  const readme = readdirSync(folder).find((file) => /^readme\.md$/i.test(file))
  if (readme === undefined) return undefined
  const text = readFileSync(join(folder, readme), 'utf8')
  return /^#*\s*licen[cs]e\s*\n[\s-]*([\s\S]*Permission is hereby granted[\s\S]*)$/im.exec(text)?.[1]?.trim()
}
