import { codeAsJson, codesAsJson, explainCode, listCodes, nearestCode } from '../codes/explain.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'

export interface ExplainOptions {
  readonly format: 'text' | 'json'
}

/** Says what a finding means; without a code, which codes there are. */
export function explainCommand(code: string | undefined, { format }: ExplainOptions, io: Io): ExitCode {
  if (code === undefined) {
    io.out(format === 'json' ? codesAsJson() : listCodes())
    return 0
  }
  const text = format === 'json' ? codeAsJson(code) : explainCode(code)
  if (text === undefined) {
    const meant = nearestCode(code)
    throw new Failure(
      `There is no code "${code}". ${meant === undefined ? 'plan explain lists them.' : `Did you mean ${meant}?`}`,
    )
  }
  io.out(text)
  return 0
}
