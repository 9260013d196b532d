import { GoogleError, stoppedByQuota } from '../google/errors.ts'
import type { ExitCode } from './io.ts'

/** The command line asks for something that makes no sense; exit 64. */
export class UsageError extends Error {}

/** Something the user or the world must put right; shown as it is, without a stack; exit 1. */
export class Failure extends Error {}

/** What is printed of an error, and with which exit code the command ends. Only our own bugs show a stack. */
export function failureText(error: unknown): { readonly text: string; readonly exitCode: ExitCode } {
  if (error instanceof GoogleError) {
    const fix = error.fix === undefined ? '' : `\nfix: ${error.fix}`
    return {
      text: `error ${error.code}: ${error.message}${fix}`,
      exitCode: stoppedByQuota(error) ? 3 : 1,
    }
  }
  if (error instanceof Failure) return { text: error.message, exitCode: 1 }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { text: `This is a bug in plan, please report it:\n${stack}`, exitCode: 1 }
}
