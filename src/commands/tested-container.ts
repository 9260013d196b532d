import { readFile } from 'node:fs/promises'
import { containerVersion } from '../compile/export.ts'
import { parseExport } from '../lift/parse-export.ts'
import { isForWeb } from '../live/live.ts'
import { around } from '../proof/around.ts'
import { isContainerVersion, type ContainerVersion } from '../runtime/core/container.ts'
import { Failure } from './failure.ts'
import type { Io } from './io.ts'
import type { CompiledPlan } from './load-plan.ts'
import type { TargetOptions } from './target.ts'

export interface ContainerOptions extends TargetOptions {
  /** A container to run the plan in: the file of an export, or `live`. */
  readonly around?: string
}

/** What runs: what the plan compiles to, alone or in a foreign container. */
export async function containerOf(
  compiled: CompiledPlan,
  options: ContainerOptions,
  notes: Set<string>,
  io: Io,
): Promise<ContainerVersion> {
  const own = compiledContainer(compiled, io)
  if (options.around === undefined) return own
  const foreign =
    options.around === 'live' ? await liveContainer(compiled, options, io) : await exported(options.around)
  if (foreign !== undefined) return around(foreign, own, compiled.plan.id, io.now())
  notes.add(`Nothing is published in ${compiled.plan.environment.gtm.container}; the plan ran alone.`)
  return own
}

async function exported(file: string): Promise<ContainerVersion> {
  const { version, diagnostics } = parseExport(await readFile(file, 'utf8'), file)
  const [problem] = diagnostics
  if (problem !== undefined) throw new Failure(problem.code, `${problem.message}\nfix: ${problem.fix ?? ''}`)
  const { usageContext = [] } = version?.container ?? {}
  if (!isContainerVersion(version) || !isForWeb({ usageContext }))
    throw new Failure('container-is-for-the-web', `${file} holds no web container.`)
  return version
}

/** What is published in the environment's container, read and left alone; undefined where nothing is. */
async function liveContainer(
  { plan }: CompiledPlan,
  options: ContainerOptions,
  io: Io,
): Promise<ContainerVersion | undefined> {
  const { withGoogle } = await import('./target.ts')
  const { lookupContainer } = await import('../google/gtm.ts')
  const { readPublished } = await import('../live/read-live.ts')
  const { container } = plan.environment.gtm
  io.progress(`Reading what is live in ${container}`)
  const version: unknown = await withGoogle(plan.environment, ['read'], options, io, async (google) =>
    readPublished(google, (await lookupContainer(google, container)).path),
  ).finally(() => io.progress())
  if (version === undefined || isContainerVersion(version)) return version
  throw new Failure('container-is-for-the-web', `What is live in ${container} is no web container.`)
}

/** In the place of a hash: what is only run is compared with nothing. */
const UNHASHED = '0'.repeat(12)

/** What the plan compiles to, the way GTM would publish it. */
export function compiledContainer({ plan, resources }: CompiledPlan, io: Pick<Io, 'now'>): ContainerVersion {
  const version = containerVersion(plan, resources, io.now(), () => UNHASHED)
  if (!isContainerVersion(version)) throw new Error('The compiled container is none.')
  return version
}
