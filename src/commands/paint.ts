import pc from 'picocolors'
import { PLAIN, type Paint } from '../render/diagnostics.ts'
import type { Io } from './io.ts'

/** The colours of a terminal, or none. */
export function paintOf(io: Io): Paint {
  return io.colour ? pc.createColors(true) : PLAIN
}
