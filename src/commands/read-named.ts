/** A plan as it is named on the command line: a file, or `-` for standard input. */
import { parsePlan, type ParsedPlan } from '../plan/parse.ts'
import { readPlan, readPlanText } from '../plan/read.ts'
import { UsageError } from './failure.ts'
import type { Io } from './io.ts'
import { STDIN } from './plan-files.ts'

/** What findings call standard input. */
const STDIN_NAME = '<stdin>'

export async function readNamed(file: string, io: Io): Promise<ParsedPlan> {
  return parsePlan(
    file === STDIN ? await readPlanText(STDIN_NAME, await stdinText(io)) : await readPlan(file),
  )
}

export async function stdinText(io: Io): Promise<string> {
  if (io.readStdin === undefined) throw new UsageError('There is no standard input to read a plan from.')
  return io.readStdin()
}
