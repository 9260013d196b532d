/** Says when something in a folder was saved. Folders, because editors save by renaming, to which a watched file is blind. */
import { watch } from 'node:fs'

/** Editors write several times for one save. */
const SETTLED = 80

/** Never two at once: what is saved meanwhile is looked at afterwards. */
export function watchFolders(
  folders: readonly string[],
  saved: () => Promise<void>,
): { readonly close: () => void } {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const watchers = folders.map((folder) =>
    watch(folder, (_, name) => {
      if (name !== null && !/\.ya?ml$/.test(name)) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        running = running.then(saved)
      }, SETTLED)
    }),
  )
  return {
    close: () => {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}
