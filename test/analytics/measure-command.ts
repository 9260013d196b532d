/** Commands that measure, as they are called, in this process. */
import { run } from '../../src/commands/run.ts'

export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

export async function plan(...argv: readonly string[]): Promise<Said> {
  let [out, err] = ['', '']
  const code = await run(argv, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    progress: () => undefined,
    ask: () => Promise.resolve(undefined),
    env: {},
    now: () => new Date('2026-11-24T12:00:00Z'),
    colour: false,
    untilStopped: () => Promise.resolve(),
  })
  return { code, out, err }
}
