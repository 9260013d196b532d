import { annotate } from '../apply/annotate.ts'
import { commitOf } from '../apply/version-text.ts'
import { publish, readCandidate, rollback, type Candidate } from '../apply/versions.ts'
import { checkPublication, publicationOf } from '../diff/publication.ts'
import type { Deed } from '../google/scopes.ts'
import { lookupContainer } from '../google/gtm.ts'
import { printable } from '../render/diagnostics.ts'
import { renderPublicationText } from '../render/publication-text.ts'
import { sandboxFlag } from '../render/sandbox-flag.ts'
import type { Publication } from '../resources/publication.ts'
import { annotationOf, doingsOf } from './annotation.ts'
import { agreed } from './ask.ts'
import { requireWeb } from './container-kind.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { ownerFrom, type VersionFacts } from '../live/live.ts'
import { loadPlan, refused, type PlanOptions } from './load-plan.ts'
import { paintOf } from './paint.ts'
import { planPartsOf } from './plan-parts.ts'
import { withGoogle, type TargetOptions } from './target.ts'

export interface PublishOptions extends PlanOptions, TargetOptions {
  readonly plan?: string
  readonly autoApprove?: boolean
  readonly includeOthers?: boolean
}

/** Puts a version live: the one named, else the latest that this plan made. */
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

type GoingLiveDeed = Extract<Deed, 'publish' | 'rollback'>

async function goLive(
  named: string | undefined,
  deed: GoingLiveDeed,
  options: PublishOptions,
  io: Io,
): Promise<ExitCode> {
  const loaded = await loadPlan(options.plan, options, io)
  const { id: plan, environment } = loaded.plan
  const owner = ownerFrom(loaded.plan)
  const annotates = loaded.plan.property.annotate !== undefined
  const deeds: readonly Deed[] = annotates ? [deed, 'annotate'] : [deed]
  return withGoogle(environment, deeds, options, io, async (google) => {
    const container = await lookupContainer(google, environment.gtm.container)
    requireWeb(container, loaded, io)
    const { path } = container
    const candidate = await readCandidate(google, path, owner, named)
    if (candidate === undefined) throw new Failure('version-can-be-published', nothingToPublish(plan, named))
    const { version, live, isLatest, goneBackTo } = candidate
    const label = `version ${version.id} ("${printable(version.name)}")`
    // Publishing may not say from which version new work starts: that takes the right to edit.
    const startText =
      deed === 'rollback' || goneBackTo === undefined
        ? ''
        : `New work, and what plan diff compares with, starts from version ${goneBackTo}, to which somebody went back. To let it start from version ${version.id}:\n  plan rollback ${version.id} --plan ${loaded.plan.file} -e ${environment.id}${sandboxFlag(options.sandbox)}\n`
    // A rollback that was cut off may have put it live, and not yet made it what new work starts from.
    if (live?.id === version.id && (deed === 'publish' || isLatest)) {
      io.out(`${environment.gtm.container} has ${label} live already.\n${startText}`)
      return 0
    }
    const publication = publicationOf(live, candidate.content, owner, new Set(), planPartsOf(loaded))
    show(publication, deed === 'rollback' || isOlder(version, live), io)
    const problems = checkPublication(publication, { includeOthers: options.includeOthers === true })
    if (problems.length > 0) throw refused(problems, loaded.parsed, io)
    if (options.autoApprove !== true) {
      const question = `Type yes to put ${label} live on ${environment.id} (${environment.gtm.container}):`
      if (!(await agreed(question, io))) return 1
    }
    await (deed === 'publish' ? publish : rollback)(google, path, overLive(candidate))
    io.out(`${environment.gtm.container} has ${label} live now.\n${startText}`)
    const annotation = annotationOf(loaded, doingsOf(publication), io)
    if (annotation !== undefined) {
      const { day, doings } = annotation
      const commit = commitOf(version.description)
      const release = {
        plan,
        version: version.id,
        doings,
        isRollback: deed === 'rollback',
        ...(commit === undefined ? {} : { commit }),
      }
      const problems = await annotate(google, `properties/${environment.ga4.property}`, release, day)
      io.err(problems.map((problem) => `${printable(problem)}\n`).join(''))
    }
    return 0
  })
}

function nothingToPublish(plan: string, named: string | undefined): string {
  return named === undefined
    ? `No version of the container was made by the plan ${plan}; plan apply makes one. Versions of others go live by their number only: plan versions lists them.`
    : `There is no version ${named}. plan versions lists them.`
}

function overLive({ version: { id, fingerprint }, live }: Candidate): Parameters<typeof publish>[2] {
  return { id, over: [live?.id], ...(fingerprint === undefined ? {} : { fingerprint }) }
}

/** Google numbers versions in the order in which they are made. */
function isOlder(version: VersionFacts, live: VersionFacts | undefined): boolean {
  return live !== undefined && Number(version.id) < Number(live.id)
}

/** Live against what is to be live. GA4 has no versions: whatever was set up there stays. */
function show(publication: Publication, goesBack: boolean, io: Io): void {
  const text = renderPublicationText(publication, { paint: paintOf(io) })
  io.out(text === '' ? 'Nothing on the site changes with it.\n' : text)
  if (goesBack) io.out('GA4 stays as it is: key events, dimensions and metrics have no versions.\n')
}
