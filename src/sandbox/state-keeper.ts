/** Saves the state when it has changed: after every effect, before the answer. */
import { randomUUID } from 'node:crypto'
import { fileMark, removeLeftovers, SandboxStateError, writeState } from './state-file.ts'
import type { World } from './world.ts'

export class Keeper {
  private saved = -1
  private mark: string | undefined
  private readonly world: World
  private readonly file: string | undefined
  private readonly beside: string

  /** `loaded`: the world is what the file holds, so there is nothing to save yet. */
  constructor(world: World, file: string | undefined, loaded: boolean) {
    this.world = world
    if (loaded) this.saved = world.store.revision
    this.file = file
    this.beside = `${file ?? ''}.${randomUUID()}.tmp`
    if (file === undefined) return
    this.mark = fileMark(file)
    removeLeftovers(file, Date.now())
  }

  save(): void {
    const { revision, state } = this.world.store
    if (revision === this.saved) return
    if (this.file !== undefined) this.write(this.file, state)
    this.saved = revision
  }

  /** Two sandboxes with one file would each wipe out what the other one did; the second to write is told so. */
  private write(file: string, state: World['store']['state']): void {
    if (fileMark(file) !== this.mark) {
      throw new SandboxStateError(
        'sandbox-state-in-use',
        `The sandbox's state file ${file} was changed by somebody else: is another sandbox running with it?`,
      )
    }
    writeState(file, this.beside, state)
    this.mark = fileMark(file)
  }
}
