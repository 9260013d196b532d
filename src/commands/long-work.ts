/**
 * Steps that take a second or more of the machine's own time. No timer runs meanwhile, so they are told by the size of what is
 * worked on, before they begin.
 */
import type { Io } from './io.ts'

/** Characters of a plan: about half a second a step. */
const LARGE_PLAN = 300_000

/** @param size of the plan, in characters, base plans included; or of something else, with what is much of it */
export function longWork(io: Io, line: string, size: number, much = LARGE_PLAN): void {
  if (size >= much) io.progress(line, true)
}
