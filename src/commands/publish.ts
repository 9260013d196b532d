import type { Deed } from '../google/scopes.ts'
import { lookupContainer } from '../google/gtm.ts'
import { printable } from '../render/diagnostics.ts'
import { publish, readVersions, rollback } from '../apply/versions.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { loadPlan, type PlanOptions } from './load-plan.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface PublishOptions extends PlanOptions, TargetOptions {
  readonly plan?: string
  readonly autoApprove?: boolean
}

/** Puts a version live: the one named, else the latest. */
export function publishCommand(
  version: string | undefined,
  options: PublishOptions,
  io: Io,
): Promise<ExitCode> {
  return goLive(version, 'publish', options, io)
}

/** Puts an earlier version live again, and lets new work start from it. */
export function rollbackCommand(version: string, options: PublishOptions, io: Io): Promise<ExitCode> {
  return goLive(version, 'rollback', options, io)
}

async function goLive(
  named: string | undefined,
  deed: Extract<Deed, 'publish' | 'rollback'>,
  options: PublishOptions,
  io: Io,
): Promise<ExitCode> {
  const { environment } = (await loadPlan(options.plan, options, io)).plan
  return withGoogle(environment, [deed], options, io, async (google) => {
    const container = await lookupContainer(google, environment.gtm.container)
    const versions = await readVersions(google, container.path)
    const version = versions.find(({ id, isLatest }) => (named === undefined ? isLatest : id === named))
    if (version === undefined) throw new Failure(`There is no version ${named}. plan versions lists them.`)
    const label = `version ${version.id} ("${printable(version.name)}")`
    // A rollback that was cut off may have put it live, and not yet made it what new work starts from.
    if (version.isLive && (deed === 'publish' || version.isLatest)) {
      io.out(`${environment.gtm.container} has ${label} live already.\n`)
      return 0
    }
    if (options.autoApprove !== true) {
      const answer = await io.ask(
        `Type yes to put ${label} live on ${environment.id} (${environment.gtm.container}):`,
      )
      if (answer === undefined)
        throw new Failure('There is no terminal to ask on. Add --auto-approve to go ahead without asking.')
      if (!answer) return 1
    }
    await (deed === 'publish' ? publish : rollback)(google, container.path, version.id)
    io.out(`${environment.gtm.container} has ${label} live now.\n`)
    return 0
  })
}
