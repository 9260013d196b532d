/** The sandbox, and beside it three weeks of export rows as a file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSandbox, type Running } from '../sandbox/clients.ts'
import { exportRows } from './export-rows.ts'

export interface Given {
  readonly running: Running
  /** A new one, gone with `close`. */
  readonly folder: string
  readonly file: string
  readonly close: () => Promise<void>
}

export async function sandboxBesideRows(): Promise<Given> {
  const running = await runSandbox()
  const folder = await mkdtemp(join(tmpdir(), 'plan-analytics-'))
  const file = join(folder, 'weeks.ndjson')
  await writeFile(file, exportRows('2026-02-16', 21, 40))
  const close = async (): Promise<void> => {
    await running.sandbox.close()
    await rm(folder, { recursive: true })
  }
  return { running, folder, file, close }
}
