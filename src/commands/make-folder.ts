/** A folder with those above it. */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Does nothing where it is there. The error says why it cannot be made. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    // Node says so of a disk that is read-only, too; made one by one, they tell the true reason.
    await oneByOne(resolve(folder))
  }
}

async function oneByOne(folder: string): Promise<void> {
  if (existsSync(folder)) return
  await oneByOne(dirname(folder))
  await mkdir(folder)
}
