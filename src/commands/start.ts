import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { endWith, UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { plainValidate } from './plain-validate.ts'

/** Carries a command line out: a plain `validate` at once, everything else by `run`. @param argv without node and script. */
export async function start(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const { folder, rest } = withoutFolder(argv)
    if (folder !== undefined) enter(folder, io)
    const { argv: asked, env } = withoutEnvFile(rest, io.env)
    const told = { ...io, env }
    const plain = plainValidate(asked)
    if (plain === undefined) return await (await import('./run.ts')).run(asked, told)
    return await (await import('./validate.ts')).validateCommand(plain.files, plain.options, told)
  } catch (error) {
    return endWith(error, io)
  }
}

/** Node names the folder that one comes from when the other is not there. */
function enter(folder: string, io: Io): void {
  try {
    io.changeFolder?.(folder)
  } catch (error) {
    throw Object.assign(error as Error, { path: folder })
  }
}

/** `-C DIR`, anywhere; in one word as git and make have it before the command, where nothing else can begin so. */
function withoutFolder(argv: readonly string[]): {
  readonly folder?: string
  readonly rest: readonly string[]
} {
  const [first = ''] = argv
  if (/^-C./.test(first)) return { folder: first.slice(2), rest: argv.slice(1) }
  const end = argv.indexOf('--')
  const at = argv.indexOf('-C')
  if (at < 0 || (end >= 0 && end < at)) return { rest: argv }
  const folder = argv[at + 1]
  if (folder === undefined || folder === '') throw new UsageError('-C needs the name of a folder.')
  return { folder, rest: [...argv.slice(0, at), ...argv.slice(at + 2)] }
}

/** `--env-file FILE`, anywhere: its lines NAME=value for whatever the environment does not set itself, as Node has it. */
function withoutEnvFile(
  argv: readonly string[],
  env: Io['env'],
): { readonly argv: readonly string[]; readonly env: Io['env'] } {
  const end = argv.indexOf('--')
  const at = argv.findIndex((word, index) => /^--env-file(=|$)/.test(word) && (end < 0 || index < end))
  const flag = argv[at]
  if (flag === undefined) return { argv, env }
  const inline = /=(.*)$/s.exec(flag)?.[1]
  const file = inline ?? argv[at + 1]
  if (file === undefined || file === '') throw new UsageError('--env-file needs the name of a file.')
  const rest = [...argv.slice(0, at), ...argv.slice(at + (inline === undefined ? 2 : 1))]
  const later = withoutEnvFile(rest, env)
  return { argv: later.argv, env: { ...parseEnv(readFileSync(file, 'utf8')), ...later.env } }
}
