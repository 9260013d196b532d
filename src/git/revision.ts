/** Files at a revision, read as a plan reads them from the disk: with the same limits, and nothing outside. */
import { posix } from 'node:path'
import { LIMITS } from '../plan/limits.ts'
import type { FileResult } from '../plan/read.ts'
import type { Repository } from './repository.ts'

export interface Revision {
  readonly commit: string
  /** The text of a file, by its path as the user names it. */
  readonly readText: (path: string) => Promise<FileResult>
  /** The files directly in a folder, by their paths as the user names them. */
  readonly filesIn: (folder: string) => Promise<readonly string[]>
  /** Where files of the working tree were at this revision: now to then, as the user names them. */
  readonly renamed: () => Promise<ReadonlyMap<string, string>>
}

export function revisionAt(repository: Repository, commit: string): Revision {
  return {
    commit,
    readText: (path) => readText(repository, commit, path),
    filesIn: async (folder) => {
      const inside = repository.inside(folder)
      if (inside === undefined) return []
      const entries = await entriesAt(repository, commit, inside === '' ? [] : [`${inside}/`])
      return entries.filter(({ type }) => type === 'blob').map(({ path }) => repository.outside(path))
    },
    renamed: () => renamedSince(repository, commit),
  }
}

interface Entry {
  readonly mode: string
  readonly type: string
  readonly object: string
  readonly size: number
  readonly path: string
}

async function entriesAt(repository: Repository, commit: string, paths: readonly string[]): Promise<Entry[]> {
  const answer = await repository.git('ls-tree', '-l', '-z', '--full-tree', commit, '--', ...paths)
  return answer
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [facts = '', path = ''] = [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]
      const [mode = '', type = '', object = '', size = ''] = facts.split(/ +/)
      return { mode, type, object, size: Number(size), path }
    })
}

const LINKS = 5

async function readText(repository: Repository, commit: string, path: string): Promise<FileResult> {
  let inside = repository.inside(path)
  for (let link = 0; link <= LINKS; link++) {
    if (inside === undefined || inside === '') return outside(path)
    const entry = (await entriesAt(repository, commit, [inside])).find((one) => one.path === inside)
    if (entry === undefined) return missing(path)
    if (entry.type !== 'blob')
      return {
        problem: { code: 'unreadable-file', message: `"${path}" was a directory.`, fix: 'name a plan file.' },
      }
    if (entry.size > LIMITS.bytes) return tooLarge(path)
    const bytes = await repository.git('cat-file', 'blob', entry.object)
    if (entry.mode !== '120000') return decoded(path, bytes)
    const target: string = bytes.toString('utf8')
    inside = posix.isAbsolute(target) ? undefined : posix.join(posix.dirname(inside), target)
    if (inside?.startsWith('../') === true) inside = undefined
  }
  return outside(path)
}

function decoded(path: string, bytes: Buffer): FileResult {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return {
      problem: {
        code: 'not-utf-8',
        message: `"${path}" was not UTF-8 text.`,
        fix: 'compare with another revision.',
      },
    }
  }
}

function missing(path: string): FileResult {
  return {
    problem: {
      code: 'missing-file',
      message: `There was no file "${path}".`,
      fix: 'compare with another revision.',
    },
  }
}

function outside(path: string): FileResult {
  return {
    problem: {
      code: 'file-outside-repository',
      message: `"${path}" lies outside the repository, and a plan may not reach there.`,
      fix: 'put the file beside the plan.',
    },
  }
}

function tooLarge(path: string): FileResult {
  return {
    problem: {
      code: 'plan-too-large',
      message: `"${path}" is too large.`,
      fix: 'split it into several plans.',
    },
  }
}

async function renamedSince(repository: Repository, commit: string): Promise<ReadonlyMap<string, string>> {
  const answer = await repository.git(
    'diff',
    '--name-status',
    '-z',
    '--find-renames',
    '--diff-filter=R',
    '--no-ext-diff',
    '--no-textconv',
    '--no-relative',
    commit,
    '--',
    '*.yaml',
    '*.yml',
  )
  const parts = answer.toString('utf8').split('\0')
  const renamed = new Map<string, string>()
  for (let index = 0; index + 2 < parts.length; index += 3) {
    const [then = '', now = ''] = parts.slice(index + 1, index + 3)
    renamed.set(repository.outside(now), repository.outside(then))
  }
  return renamed
}
