import { endWith } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { plainValidate } from './plain-validate.ts'

/** Carries a command line out: a plain `validate` at once, everything else by `run`. @param argv without node and script. */
export async function start(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { folder, rest } = withoutFolder(argv)
  if (folder !== undefined) {
    try {
      io.changeFolder?.(folder)
    } catch (error) {
      return endWith(error, io)
    }
  }
  const plain = plainValidate(rest)
  if (plain === undefined) return (await import('./run.ts')).run(rest, io)
  try {
    return await (await import('./validate.ts')).validateCommand(plain.files, plain.options, io)
  } catch (error) {
    return endWith(error, io)
  }
}

/** `-C DIR` before the command, as git and make have it. */
function withoutFolder(argv: readonly string[]): {
  readonly folder?: string
  readonly rest: readonly string[]
} {
  const [first = '', second] = argv
  if (first === '-C' && second !== undefined) return { folder: second, rest: argv.slice(2) }
  if (/^-C./.test(first)) return { folder: first.slice(2), rest: argv.slice(1) }
  return { rest: argv }
}
