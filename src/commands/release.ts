import { MARKED_IN_GA4, markedInGa4, release, releaseGa4 } from '../apply/release.ts'
import { headCommit } from '../git/head-commit.ts'
import { ownerFrom, type Live } from '../live/live.ts'
import { readLive } from '../live/read-live.ts'
import { plural } from '../words/counting.ts'
import { thingText } from '../words/change-words.ts'
import { agreed, requireNamed } from './ask.ts'
import { requireWeb } from './container-kind.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { loadPlan, type LoadedPlan, type PlanOptions } from './load-plan.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface ReleaseOptions extends PlanOptions, TargetOptions {
  readonly only?: readonly string[]
  readonly autoApprove?: boolean
}

/** Gives back what is the plan's in the container and in GA4: the marks go, everything else stays as it is. */
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
      asked: MARKED_IN_GA4,
    })
    io.progress()
    requireWeb(live.container, loaded, io)
    const { only = [] } = options
    const isMeant = ({ ours, name }: Live): boolean => ours && (only.length === 0 || only.includes(name))
    const entities = live.content.entities.filter(isMeant)
    const inGa4 = isShared(loaded) ? [] : markedInGa4(live.ga4).filter(isMeant)
    const things: readonly Live[] = [...entities, ...inGa4]
    const missing = only.filter((name) => !things.some((each) => each.name === name))
    if (missing.length > 0)
      throw new Failure(
        'release-names-what-is-owned',
        `The plan owns nothing called ${missing.map((name) => `"${name}"`).join(', ')}.`,
      )
    if (things.length === 0) {
      io.out(`The plan ${plan} owns nothing in ${environment.gtm.container}.\n`)
      return 0
    }
    const lines = things.map((each) => `  release  ${thingText(each)}`)
    io.out(
      `${lines.join('\n')}\n${things.length} to release: the plan's mark leaves their notes and descriptions, nothing else changes.\n`,
    )
    if (options.autoApprove !== true) {
      const question = `\nType yes to release them from ${environment.id} (${environment.gtm.container}):`
      if (!(await agreed(question, io))) return 1
    }
    if (entities.length > 0) {
      const commit = await headCommit(loaded.file, io.env)
      const version = await release(google, live, entities, {
        name: `${plan} release`,
        notes: `What the plan ${plan} gives back${commit === undefined ? '' : `, at ${commit}`}.`,
      })
      io.progress()
      io.out(
        `Released, in version ${version.id}. What the site loads is the same, so it need not be published.\n`,
      )
    }
    await releaseGa4(google, inGa4)
    io.progress()
    if (inGa4.length > 0) io.out(`Released in GA4: ${plural(inGa4.length, 'description')}.\n`)
    return 0
  })
}

/** Whether another environment of the plan has the same property: there the marks are still needed. */
function isShared({ document, plan: { environment } }: LoadedPlan): boolean {
  return Object.entries(document.environments).some(
    ([id, { ga4 }]) => id !== environment.id && String(ga4.property) === environment.ga4.property,
  )
}
