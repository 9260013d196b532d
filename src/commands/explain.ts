import { explainCode, listCodes, nearestCode } from '../codes/explain.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'

/** Says what a finding means; without a code, which codes there are. */
export function explainCommand(code: string | undefined, io: Io): ExitCode {
  if (code === undefined) {
    io.out(listCodes())
    return 0
  }
  const text = explainCode(code)
  if (text === undefined) {
    const meant = nearestCode(code)
    throw new Failure(
      `There is no code "${code}". ${meant === undefined ? 'plan explain lists them.' : `Did you mean ${meant}?`}`,
    )
  }
  io.out(text)
  return 0
}
