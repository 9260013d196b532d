import { endWith } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { plainValidate } from './plain-validate.ts'

/** Carries a command line out: a plain `validate` at once, everything else by `run`. @param argv without node and script. */
export async function start(argv: readonly string[], io: Io): Promise<ExitCode> {
  const plain = plainValidate(argv)
  if (plain === undefined) return (await import('./run.ts')).run(argv, io)
  try {
    return await (await import('./validate.ts')).validateCommand(plain.files, plain.options, io)
  } catch (error) {
    return endWith(error, io)
  }
}
