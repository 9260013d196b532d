/** The folder in which plan keeps what is its own, beside the user's plans. It ignores itself: nothing of it is for git. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const OWN_FOLDER = '.plan'

/** Makes it, with its own .gitignore, where it is missing. */
export async function makeOwnFolder(): Promise<void> {
  await mkdir(OWN_FOLDER, { recursive: true })
  const flag = { flag: 'wx' }
  await writeFile(join(OWN_FOLDER, '.gitignore'), '*\n', flag).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}
