/** The files a user names, by path or glob, and what each holds by its first bytes. */
import type { Stats } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { posix } from 'node:path'
import { AnalyticsError } from './failure.ts'

export type FileKind = 'parquet' | 'json' | 'csv'

export interface DataFile {
  readonly path: string
  readonly kind: FileKind
  readonly bytes: number
}

/** The files, each once, in the order of their names. Throws AnalyticsError when a name leads to none. */
export async function findDataFiles(named: readonly string[]): Promise<readonly DataFile[]> {
  const paths = new Set<string>()
  for (const name of named) {
    const found = await matching(name)
    if (found.length === 0) throw await nothingNamed(name)
    for (const path of found) paths.add(path)
  }
  return Promise.all([...paths].sort().map(describe))
}

/** As findDataFiles, with the names that lead to none beside what was found. */
export async function findWhatIsThere(
  named: readonly string[],
): Promise<{ readonly files: readonly DataFile[]; readonly lacking: readonly string[] }> {
  const found = await Promise.all(named.map(matching))
  const lacking = named.filter((_, index) => found[index]?.length === 0)
  return { files: await findDataFiles(named.filter((name) => !lacking.includes(name))), lacking }
}

async function nothingNamed(name: string): Promise<AnalyticsError> {
  const isFolder = await stat(name).then(
    (info) => info.isDirectory(),
    () => false,
  )
  return isFolder
    ? new AnalyticsError(
        'no-such-data',
        `"${name}" is a folder.`,
        `name the files in it: "${posix.join(name, '*.parquet')}".`,
      )
    : new AnalyticsError(
        'no-such-data',
        `There is no file "${name}".`,
        'check the path; it is relative to the folder you are in, and * stands for part of a name.',
      )
}

/** Paths that a name stands for: `*` and `?` for part of one name, in folders too. */
async function matching(name: string): Promise<string[]> {
  const steps = name.replaceAll('\\', '/').split('/')
  let folders = [name.startsWith('/') ? '/' : '']
  for (const [index, step] of steps.entries()) {
    if (step === '' && index === 0) continue
    const last = index === steps.length - 1
    const found: string[] = []
    for (const folder of folders) {
      const names = /[*?]/.test(step) ? (await namesIn(folder)).filter(patternOf(step)) : [step]
      for (const one of names) found.push(posix.join(folder, one))
    }
    folders = last
      ? await keep(found, (info) => info.isFile())
      : await keep(found, (info) => info.isDirectory())
  }
  return folders
}

function patternOf(step: string): (name: string) => boolean {
  const text = step
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const pattern = new RegExp(`^${text}$`)
  return (name) => pattern.test(name) && !name.startsWith('.')
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder === '' ? '.' : folder).catch(() => [])
}

async function keep(paths: readonly string[], wanted: (info: Stats) => boolean): Promise<string[]> {
  const infos = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)))
  return paths.filter((_, index) => {
    const info = infos[index]
    return info !== undefined && wanted(info)
  })
}

async function describe(path: string): Promise<DataFile> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0)
    if (size === 0) throw new AnalyticsError('not-an-export', `${path} is empty.`, 'export it again.')
    return { path, bytes: size, kind: kindOf(path, buffer.subarray(0, bytesRead)) }
  } finally {
    await handle.close()
  }
}

function kindOf(path: string, start: Buffer): FileKind {
  if (start.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet'
  // Compressed JSON cannot be seen from its first bytes; its name says it.
  if (/\.(nd)?jsonl?\.(gz|zst)$/i.test(path)) return 'json'
  if (/^(\ufeff)?\s*[[{]/.test(start.toString('utf8'))) return 'json'
  return 'csv'
}
