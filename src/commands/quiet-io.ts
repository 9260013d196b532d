import type { Io } from './io.ts'

/** Says nothing and asks nobody: for those who call the commands' functions for what they give. */
export function quietIo(env: Io['env'] = {}): Io {
  return {
    out: () => undefined,
    err: () => undefined,
    progress: () => undefined,
    ask: () => Promise.resolve(undefined),
    env,
    now: () => new Date(),
    colour: false,
    untilStopped: () => new Promise(() => undefined),
  }
}
