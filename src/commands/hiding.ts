import { hideValues } from '../check/as-written.ts'
import { isPublic } from '../plan/variables.ts'
import type { Io } from './io.ts'

/** The same, with `${NAME}` wherever it would print what the process's environment gave a plan under that name. */
export function hiding(io: Io): Io {
  const taken: (readonly [name: string, value: string])[] = []
  let alsoInResults = false
  const shown = (text: string): string => hideValues(text, taken)
  return {
    ...io,
    out: (text) => io.out(alsoInResults ? shown(text) : text),
    err: (text) => io.err(shown(text)),
    progress: (line, isLong) => (line === undefined ? io.progress() : io.progress(shown(line), isLong)),
    hiding: {
      values: (found) => {
        taken.push(...[...found].filter(([, value]) => !isPublic(value)))
      },
      inResults: () => void (alsoInResults = true),
      shown,
    },
  }
}
