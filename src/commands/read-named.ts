/** What is named on the command line: a plan, which may be `-` for standard input, or another file. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { keptTrees } from '../plan/kept-trees.ts'
import { parsePlan, type ParsedPlan } from '../plan/parse.ts'
import { readPlan, readPlanText } from '../plan/read.ts'
import { cacheFolder } from './cache-folder.ts'
import { Failure, UsageError } from './failure.ts'
import type { Io } from './io.ts'
import { longWork } from './long-work.ts'
import { STDIN } from './plan-files.ts'
import { VERSION } from './version.ts'

/** What findings call standard input. */
const STDIN_NAME = '<stdin>'

export async function readNamed(file: string, io: Io): Promise<ParsedPlan> {
  if (file === STDIN) return parsePlan(await readPlanText(STDIN_NAME, await stdinText(io)))
  // What cannot be looked at is said by who reads it.
  const { size } = await stat(file).catch(() => ({ size: 0 }))
  longWork(io, `Reading ${file}`, size)
  const cache = cacheFolder(io.env)
  const trees = cache === undefined ? undefined : keptTrees(join(cache, 'trees'), VERSION)
  return parsePlan(await readPlan(file, trees))
}

export async function stdinText(io: Io): Promise<string> {
  if (io.readStdin === undefined) throw new UsageError('There is no standard input to read from.')
  return io.readStdin()
}

/** Any file. Throws a Failure that says why it cannot be read. */
export async function readBytes(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      'file-can-be-used',
      error.code === 'ENOENT'
        ? `There is no file ${file}.`
        : error.code === 'EISDIR'
          ? `${file} is a folder: name a file.`
          : `${file} cannot be read: ${error.message}`,
    )
  })
}
