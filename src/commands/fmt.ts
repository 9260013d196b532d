import { formatPlan } from '../plan/format.ts'
import type { ExitCode, Io } from './io.ts'
import { longWork } from './long-work.ts'
import { planFiles, STDIN } from './plan-files.ts'
import { readBytes, stdinText } from './read-named.ts'
import { replaceFile } from './replace-file.ts'

export interface FmtOptions {
  readonly check?: boolean
}

/** Brings plans into the canonical order and style. Files that cannot be read stay as they are, and the exit is 1. */
export async function fmtCommand(named: readonly string[], options: FmtOptions, io: Io): Promise<ExitCode> {
  const files = await planFiles(named, io)
  let changes = 0
  let unread = 0
  for (const file of files) {
    const before = file === STDIN ? await stdinText(io) : (await readBytes(file)).toString('utf8')
    longWork(io, `Formatting ${file}`, before.length)
    // A checkout on Windows has its own line ends; they are git's business, not ours.
    const lineEnd = before.includes('\r\n') ? '\r\n' : '\n'
    const { text, changed } = formatPlan(before.replaceAll('\r\n', '\n'))
    if (changed === undefined) {
      unread++
      io.err(`${file} is left as it is, because it cannot be read: plan validate ${file} says why.\n`)
    }
    // Standard input comes out formatted, whether or not it was.
    if (file === STDIN && options.check !== true) {
      io.out(text.replaceAll('\n', lineEnd))
      continue
    }
    if (changed !== true) continue
    changes++
    if (options.check !== true) await replaceFile(file, text.replaceAll('\n', lineEnd))
    io.out(`${file}\n`)
  }
  const verb = options.check === true ? 'would be formatted' : 'formatted'
  if (changes > 0) io.err(`${changes} of ${files.length} ${verb}\n`)
  return unread > 0 || (options.check === true && changes > 0) ? 1 : 0
}
