import { AnalyticsError } from '../analytics/failure.ts'
import type { CommandCode, DiagnosticCode } from '../codes/code.ts'
import { GoogleError, stoppedByQuota } from '../google/errors.ts'
import { NotInstalled } from '../optional/not-installed.ts'
import type { ExitCode, Io } from './io.ts'

/** What is said where the command line asks for something that makes no sense, by us or by commander; exit 64. */
export const NO_SENSE: CommandCode = 'command-line-makes-sense'

export class UsageError extends Error {}

/** Something the user or the world must put right; shown with its code, without a stack; exit 1. */
export class Failure extends Error {
  readonly code: DiagnosticCode
  constructor(code: DiagnosticCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Findings, drawn: each says its code and where it stands; exit 1. */
export class Findings extends Error {}

interface Told {
  readonly text: string
  readonly exitCode: ExitCode
}

/** What is printed of an error, and with which exit code the command ends. Only our own bugs show a stack. */
export function failureText(error: unknown): Told {
  const told = toldFailure(error)
  if (told !== undefined) return told
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { text: `This is a bug in plan, please report it:\n${stack}`, exitCode: 1 }
}

/** The same of what the user or the world must put right; undefined for our own bugs. */
export function toldFailure(error: unknown): Told | undefined {
  if (error instanceof GoogleError) {
    const fix = error.fix === undefined ? '' : `\nfix: ${error.fix}`
    return {
      text: `${coded(error.code, error.message)}${fix}`,
      exitCode: stoppedByQuota(error) ? 3 : 1,
    }
  }
  if (error instanceof AnalyticsError)
    return { text: `${coded(error.code, error.message)}\nfix: ${error.fix}`, exitCode: 1 }
  if (error instanceof Findings) return { text: error.message, exitCode: 1 }
  const failure = error instanceof NotInstalled ? notInstalled(error) : (fileFailure(error) ?? error)
  return failure instanceof Failure ? { text: coded(failure.code, failure.message), exitCode: 1 } : undefined
}

/** Says why a command ended, and gives its exit code. */
export function endWith(error: unknown, io: Io): ExitCode {
  io.progress()
  if (error instanceof UsageError) {
    io.err(`${coded(NO_SENSE, error.message)}\n`)
    return 64
  }
  const { text, exitCode } = failureText(error)
  io.err(`${text}\n`)
  return exitCode
}

function coded(code: DiagnosticCode, message: string): string {
  return `error ${code}: ${message}`
}

function notInstalled({ message }: NotInstalled): Failure {
  return new Failure('optional-package-is-installed', message)
}

const FILE_FAILURES: Readonly<Record<string, string>> = {
  EDQUOT: 'your quota on the disk is used up',
  EFBIG: 'the file would be too large',
  EIO: 'the disk failed',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ELOOP: 'its links lead in a circle',
  EBUSY: 'another program holds it',
  ETXTBSY: 'another program holds it',
  ENOTEMPTY: 'the folder is not empty',
  EXDEV: 'it lies on another disk',
  ENXIO: 'there is no such device',
  ERR_FS_FILE_TOO_LARGE: 'it is too large to be read',
  ERR_STRING_TOO_LONG: 'it is too large to be read',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'there is a file of that name already',
  EACCES: 'it may not be read or written by you',
  EPERM: 'it may not be read or written by you',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
}

/** What the disk refuses is for the user to put right, whichever command met it. */
function fileFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, path } = error as NodeJS.ErrnoException
  const why = code === undefined ? undefined : FILE_FAILURES[code]
  if (why === undefined) return undefined
  // Node knows the path when a file is opened, not when it is written to.
  const text = path === undefined ? `Reading or writing failed: ${why} (${code}).` : `${path}: ${why}.`
  return new Failure('file-can-be-used', text)
}

/** What to do where nobody can listen on a port because somebody does; undefined for any other error. */
export function portFailure(error: unknown, port: number | undefined): Failure | undefined {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EADDRINUSE'
    ? new Failure('port-is-free', `Port ${port} is taken. Choose another with --port.`)
    : undefined
}
