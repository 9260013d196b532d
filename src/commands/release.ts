import { release } from '../apply/release.ts'
import { headCommit } from '../git/head-commit.ts'
import { ownerFrom } from '../live/live.ts'
import { readLive } from '../live/read-live.ts'
import { thingText } from '../words/change-words.ts'
import { agreed, requireNamed } from './ask.ts'
import { requireWeb } from './container-kind.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { loadPlan, type PlanOptions } from './load-plan.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface ReleaseOptions extends PlanOptions, TargetOptions {
  readonly only?: readonly string[]
  readonly autoApprove?: boolean
}

/** Gives back what is the plan's in the container: the marks go, everything else stays as it is. */
export async function releaseCommand(
  named: string | undefined,
  options: ReleaseOptions,
  io: Io,
): Promise<ExitCode> {
  const loaded = await loadPlan(named, options, io)
  const { id: plan, environment } = loaded.plan
  requireNamed(environment, options.environment, 'release from')
  return withGoogle(environment, ['apply'], options, io, async (google) => {
    const live = await readLive(google, {
      ...ownerFrom(loaded.plan),
      container: environment.gtm.container,
      property: environment.ga4.property,
    })
    io.progress()
    requireWeb(live.container, loaded, io)
    const { only = [] } = options
    const missing = only.filter(
      (name) => !live.content.entities.some((each) => each.ours && each.name === name),
    )
    if (missing.length > 0)
      throw new Failure(
        'release-names-what-is-owned',
        `The plan owns nothing called ${missing.map((name) => `"${name}"`).join(', ')}.`,
      )
    const entities = live.content.entities.filter(
      (each) => each.ours && (only.length === 0 || only.includes(each.name)),
    )
    if (entities.length === 0) {
      io.out(`The plan ${plan} owns nothing in ${environment.gtm.container}.\n`)
      return 0
    }
    const lines = entities.map((each) => `  release  ${thingText(each)}`)
    io.out(
      `${lines.join('\n')}\n${entities.length} to release: the plan's mark leaves the notes, nothing else changes.\n`,
    )
    if (options.autoApprove !== true) {
      const question = `\nType yes to release them from ${environment.id} (${environment.gtm.container}):`
      if (!(await agreed(question, io))) return 1
    }
    const commit = await headCommit(io.env)
    const version = await release(google, live, entities, {
      name: `${plan} release`,
      notes: `What the plan ${plan} gives back${commit === undefined ? '' : `, at ${commit}`}.`,
    })
    io.progress()
    io.out(
      `Released, in version ${version.id}. What the site loads is the same, so it need not be published.\n`,
    )
    return 0
  })
}
