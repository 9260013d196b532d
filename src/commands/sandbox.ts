import { readFile } from 'node:fs/promises'
import { Failure, portFailure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { startOwnSandbox } from './target.ts'

export interface SandboxCommandOptions {
  readonly port?: number
  readonly state?: string
  readonly seed?: string
  readonly ga4Export?: string
  readonly quota: 'none' | 'published' | 'observed'
}

/** Runs a sandbox in the foreground until it is told to stop. */
export async function sandboxCommand(options: SandboxCommandOptions, io: Io): Promise<ExitCode> {
  const seed = options.seed === undefined ? {} : { seed: await readExport(options.seed) }
  const sandbox = await startOwnSandbox({
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.state === undefined ? {} : { stateFile: options.state }),
    ...(options.ga4Export === undefined ? {} : { ga4Export: await readRows(options.ga4Export) }),
    quota: options.quota,
    ...seed,
  }).catch((error: unknown) => {
    throw portFailure(error, options.port) ?? error
  })
  io.out(`Sandbox for Tag Manager and Analytics at ${sandbox.url}\n`)
  io.err(`Look at it in a browser, or use it:  plan diff --sandbox ${sandbox.url}\nCtrl-C ends it.\n`)
  await io.untilStopped()
  await sandbox.close()
  return 0
}

async function readExport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Failure(
      'sandbox-seed-unusable',
      `${file} is not a GTM container export: ${(error as Error).message}`,
    )
  }
}

/** One row a line, or a list of rows. */
async function readRows(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8')
  try {
    if (text.trimStart().startsWith('[')) return JSON.parse(text) as unknown[]
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    return lines.map((line): unknown => JSON.parse(line))
  } catch (error) {
    throw new Failure(
      'sandbox-export-unusable',
      `${file} holds no rows of the GA4 export: ${(error as Error).message}`,
    )
  }
}
