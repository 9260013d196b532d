import { lookupContainer } from '../google/gtm.ts'
import { printable } from '../render/diagnostics.ts'
import { readVersions } from '../apply/versions.ts'
import { requireWeb } from './container-kind.ts'
import type { ExitCode, Io } from './io.ts'
import { loadPlan, type PlanOptions } from './load-plan.ts'
import { paintOf } from './paint.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface VersionsOptions extends PlanOptions, TargetOptions {
  readonly format: 'text' | 'json'
}

/** Lists the container's versions, newest first. */
export async function versionsCommand(
  named: string | undefined,
  options: VersionsOptions,
  io: Io,
): Promise<ExitCode> {
  const loaded = await loadPlan(named, options, io)
  const { environment } = loaded.plan
  const versions = await withGoogle(environment, ['read'], options, io, async (google) => {
    const container = await lookupContainer(google, environment.gtm.container)
    requireWeb(container, loaded, io)
    return readVersions(google, container.path)
  })
  if (options.format === 'json') {
    const shown = versions.map(({ id, name, isLive, isLatest }) => ({ id, name, isLive, isLatest }))
    const { container } = environment.gtm
    io.out(`${JSON.stringify({ formatVersion: 1, container, versions: shown }, null, 2)}\n`)
    return 0
  }
  const { bold, dim } = paintOf(io)
  const width = Math.max(...versions.map(({ id }) => id.length))
  for (const { id, name, isLive, isLatest } of versions) {
    const state = [...(isLive ? ['live'] : []), ...(isLatest ? ['latest'] : [])].join(', ')
    io.out(`${bold(id.padStart(width))}  ${printable(name)}${state === '' ? '' : dim(`  (${state})`)}\n`)
  }
  return 0
}
