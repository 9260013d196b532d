/** What a command in this process comes to. */
import type { Io } from '../../src/commands/io.ts'
import { quietIo } from '../../src/commands/quiet-io.ts'

export interface Outcome {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** @param more of its world than a day, an empty environment and nobody at the terminal */
export async function outcomeOf(
  command: (io: Io) => Promise<number>,
  more: Partial<Io> = {},
): Promise<Outcome> {
  let [out, err] = ['', '']
  const exitCode = await command({
    ...quietIo(),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    now: () => new Date('2026-11-22T12:00:00Z'),
    ...more,
  })
  return { exitCode, out, err }
}
