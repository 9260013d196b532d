import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { PACKAGE_ROOT } from './package-files.ts'

/** Writes the starter plan. Never overwrites. */
export async function initCommand(file: string, io: Io): Promise<ExitCode> {
  const starter = await readFile(join(PACKAGE_ROOT, 'templates/starter.yaml'), 'utf8')
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(file, starter, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new Failure(`${file} exists already and is left as it is.`)
    throw error
  }
  io.out(`Wrote ${file}. Try it without a Google account: plan diff ${file} --sandbox\n`)
  return 0
}
