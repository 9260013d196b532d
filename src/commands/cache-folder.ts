import { join } from 'node:path'
import type { Io } from './io.ts'

/** Where the user's system keeps what can be made again, ours in it; undefined where it says of no such folder. */
export function cacheFolder(env: Io['env']): string | undefined {
  const base = env['XDG_CACHE_HOME'] || env['LOCALAPPDATA'] || (env['HOME'] && join(env['HOME'], '.cache'))
  return base ? join(base, 'measurement-plan') : undefined
}
