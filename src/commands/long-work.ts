/**
 * Steps of work that takes over a second of the machine's own time in all. No timer runs meanwhile, so each is told by the size
 * of what is worked on, before it begins.
 */
import type { Io } from './io.ts'

/** Characters of a plan: 250 to 600 ms a step, of which a command has several. */
const LARGE_PLAN = 300_000

/** @param size of the plan, in characters, base plans included; or of something else, with what is much of it */
export function longWork(io: Io, line: string, size: number, much = LARGE_PLAN): void {
  if (size >= much) io.progress(line, true)
}
