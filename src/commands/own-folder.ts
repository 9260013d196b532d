/** The folder in which plan keeps what is its own, beside the user's plans. It ignores itself: nothing of it is for git. */
import { readdir, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { foldersUpwards, PLANS } from './plan-files.ts'
import { makeFolder } from './make-folder.ts'

const OWN_FOLDER = '.plan'

/** Where it is: beside the nearest plans/, or wherever it was made before; in the working directory else. */
export async function ownFolder(): Promise<string> {
  for (const folder of await foldersUpwards()) {
    const entries = await readdir(folder).catch((): string[] => [])
    if (entries.includes(OWN_FOLDER) || entries.includes(PLANS)) return posix.join(folder, OWN_FOLDER)
  }
  return OWN_FOLDER
}

/** Makes it, with its own .gitignore, where it is missing, and says where it is. */
export async function makeOwnFolder(): Promise<string> {
  const folder = await ownFolder()
  await makeFolder(folder)
  const flag = { flag: 'wx' }
  await writeFile(join(folder, '.gitignore'), '*\n', flag).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return folder
}
