import { readFile, writeFile } from 'node:fs/promises'
import { formatPlan } from '../plan/format.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { planFiles } from './plan-files.ts'

export interface FmtOptions {
  readonly check?: boolean
}

/** Brings plans into the canonical order and style. Files that are no valid YAML stay as they are: `validate` says why. */
export async function fmtCommand(named: readonly string[], options: FmtOptions, io: Io): Promise<ExitCode> {
  const files = await planFiles(named)
  let changes = 0
  for (const file of files) {
    const before = await readText(file)
    // A checkout on Windows has its own line ends; they are git's business, not ours.
    const lineEnd = before.includes('\r\n') ? '\r\n' : '\n'
    const { text, changed } = formatPlan(before.replaceAll('\r\n', '\n'))
    if (!changed) continue
    changes++
    if (options.check !== true) await writeFile(file, text.replaceAll('\n', lineEnd))
    io.out(`${file}\n`)
  }
  const verb = options.check === true ? 'would be formatted' : 'formatted'
  if (changes > 0) io.err(`${changes} of ${files.length} ${verb}\n`)
  return options.check === true && changes > 0 ? 1 : 0
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read: ${error.message}`,
    )
  })
}
