/** Writing a file so that whatever fails, what was there is still there: the whole of it beside, then a rename. */
import { randomUUID } from 'node:crypto'
import { access, constants, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isInside, repositoryOf } from '../plan/read.ts'
import { Failure } from './failure.ts'

/** Keeps the file's mode, and a link that leads to a file of the same repository; refuses one that leads out of it. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const target = await targetOf(file)
  const there = await stat(target).catch(() => undefined)
  // A pipe or a device, such as /dev/stdout, holds nothing that could be lost.
  if (there !== undefined && !there.isFile()) return writeFile(target, content)
  const beside = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`)
  try {
    // A rename would replace what its mode protects.
    if (there !== undefined) await access(target, constants.W_OK)
    const handle = await open(beside, 'wx', there?.mode)
    try {
      await handle.writeFile(content)
      if (there !== undefined) await handle.chmod(there.mode)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, target)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    // The user named this file, not the one beside it.
    throw error instanceof Error ? Object.assign(error, { path: file }) : error
  }
}

async function targetOf(file: string): Promise<string> {
  const full = resolve(file)
  const real = await realpath(full).catch(async () =>
    join(await realpath(dirname(full)).catch(() => dirname(full)), basename(full)),
  )
  const root = await repositoryOf(file)
  if (isInside(root, full) && !isInside(await realpath(root), real))
    throw new Failure(
      'file-stays-in-the-repository',
      `${file} is a link that leads out of the repository, to ${real}: nothing was written.`,
    )
  return real
}
