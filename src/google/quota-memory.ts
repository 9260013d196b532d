/**
 * What other processes have asked of one Cloud project lately, so that the quota is kept by all of them together: a file a
 * process in the user's cache folder, a line when a request starts and another when it is answered. Nobody writes into
 * another's file, so nothing has to be locked; a line that makes no sense is skipped.
 */
import { createHash, randomUUID } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Api, Request } from './quota.ts'

export interface QuotaMemory {
  /** The requests of others in the last few minutes, oldest first, by their answer where that is known. */
  readonly others: (api: Api, now: number) => Promise<readonly Request[]>
  /** Notes that this process's request number `id` started or was answered at `at`. */
  readonly note: (api: Api, id: number, request: Request) => Promise<void>
}

/** Longer than any window of the quota. */
const KEPT_MS = 5 * 60_000

const LINE = /^(gtm|ga4|data|bigquery) (\d+) ([rw]) (\d+)$/

/**
 * @param cache the folder in which it stands
 * @param project what the requests are counted for; only a hash of it is written
 */
export function quotaMemory(cache: string, project: string): QuotaMemory {
  const name = createHash('sha256').update(project).digest('hex').slice(0, 16)
  const folder = join(cache, 'quota', name)
  const own = `${randomUUID()}.log`
  return {
    others: async (api, now) => {
      const files = await readdir(folder).catch(() => [])
      const lists = await Promise.all(
        files.filter((file) => file !== own).map((file) => requestsIn(join(folder, file), api, now)),
      )
      return lists.flat().sort((a, b) => a.at - b.at)
    },
    note: async (api, id, { at, write }) => {
      const line = `${api} ${id} ${write ? 'w' : 'r'} ${Math.round(at)}\n`
      await mkdir(folder, { recursive: true, mode: 0o700 })
        .then(() => appendFile(join(folder, own), line, { mode: 0o600 }))
        // Without memory the quota is kept by this process alone, and what is refused is waited out.
        .catch(() => undefined)
    },
  }
}

async function requestsIn(file: string, api: Api, now: number): Promise<readonly Request[]> {
  try {
    const { mtimeMs } = await stat(file)
    if (now - mtimeMs > KEPT_MS) {
      await rm(file, { force: true })
      return []
    }
    const byId = new Map<string, Request>()
    for (const line of (await readFile(file, 'utf8')).split('\n')) {
      const [, of, id = '', kind, at] = LINE.exec(line) ?? []
      // A time that is still to come was written by another clock.
      if (of === api && now - Number(at) < KEPT_MS && Number(at) <= now)
        byId.set(id, { at: Number(at), write: kind === 'w' })
    }
    return [...byId.values()]
  } catch {
    return []
  }
}
