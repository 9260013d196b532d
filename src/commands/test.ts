import { measurementIdText } from '../plan/measurement-ids.ts'
import { dirname } from 'node:path'
import { CODES } from '../codes/all.ts'
import { conversionsOf, hostsOf } from '../plan/plan.ts'
import { isMadeBy } from '../proof/around.ts'
import type { Site } from '../proof/browser/site.ts'
import { compareRuns } from '../proof/compare.ts'
import { foreignSenders } from '../proof/foreign.ts'
import { MADE_UP_HOST } from '../proof/situation.ts'
import { deriveScenarios } from '../proof/derive.ts'
import { hasGoogleTag } from '../proof/google-tag.ts'
import { GOOGLE_TAG } from '../resources/key.ts'
import { logicRunner } from '../proof/logic.ts'
import { atLevel, hashOfResources, prove, reportOf, trialOf } from '../proof/prove.ts'
import { shownLink } from '../proof/shown-link.ts'
import { otherRuntime, passed, type Level, type ProofReport } from '../proof/report.ts'
import type { ContainerVersion, TagEntity } from '../runtime/core/container.ts'
import type { BrowserRunner } from '../proof/browser/runner.ts'
import type { Judged, Trial } from '../proof/judge.ts'
import type { Scenario } from '../proof/scenario.ts'
import { Failure, UsageError } from './failure.ts'
import { checkPreview, isGoogles, previewLink, type PreviewOptions } from './preview-link.ts'
import { renderProof, type ProofFormat } from './render-proof.ts'
import { containerOf, type ContainerOptions } from './tested-container.ts'
import { writtenScenarios } from './written-scenarios.ts'
import { PACKAGE_ROOT } from './package-files.ts'
import { isFolder } from './plan-files.ts'
import { longWork } from './long-work.ts'
import { replaceFile } from './replace-file.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, type CompiledPlan, type PlanOptions } from './load-plan.ts'
import { VERSION } from './version.ts'
import { makeFolder } from './make-folder.ts'

export interface TestOptions extends PlanOptions, ContainerOptions, PreviewOptions {
  readonly format: ProofFormat
  readonly templates?: string
  readonly out?: string
  readonly browser?: string
  readonly only?: readonly string[]
  readonly explain?: readonly string[]
  readonly strict?: boolean
  readonly url?: string
  readonly dir?: string
}

/** Proves that the plan's conversions fire when they should, and only then. Reaches no network but level preview's link. */
export async function testCommand(file: string | undefined, options: TestOptions, io: Io): Promise<ExitCode> {
  const compiled = await loadCompiled(file, options, io)
  io.hiding?.inResults()
  const explain = named(compiled, options.explain ?? [])
  // Before the proof, which may take minutes: it is not lost because its folder is new.
  if (options.out !== undefined) await makeFolder(dirname(options.out))
  const stop = new AbortController()
  const report = await proofOf(compiled, options, explain, stop, io)
  const text = await renderProof(report, options.format, explain, io)
  if (options.out === undefined) io.out(text)
  else await replaceFile(options.out, io.hiding?.shown(text) ?? text)
  return passed(report, options.strict ?? false) && !stop.signal.aborted ? 0 : 1
}

/** Scenarios without a browser: half a second by themselves, two with all that goes before. */
const MANY = 10_000

/** Scenarios at a time in the one browser: while one page waits, another loads. */
const LANES = 3

async function proofOf(
  compiled: CompiledPlan,
  options: TestOptions,
  explain: ReadonlySet<string>,
  stop: AbortController,
  io: Io,
): Promise<ProofReport> {
  const { plan, file, resources } = compiled
  const site = siteOf(options, plan.site.singlePageApp)
  checkPreview(options, plan.environment.gtm.container)
  if (site?.kind === 'dir' && !(await isFolder(site.dir)))
    throw new UsageError(`There is no folder ${site.dir}: --dir is where the built pages are.`)
  const notes = new Set<string>()
  const version = await containerOf(compiled, options, notes, io)
  const isOurs = (tag: TagEntity): boolean => isMadeBy(plan.id, tag)
  const { senders, others } = foreignSenders(version, isOurs, options.level)
  if (others.length > 0 && options.level !== 'preview')
    notes.add(`Not run, and not expected to send events to GA4: the template tags ${others.join(', ')}.`)
  const trial = { ...trialOf(plan, resources, version), foreign: senders }
  const only = options.only === undefined ? undefined : named(compiled, options.only)
  if (hostsOf(plan).length === 0)
    notes.add(
      `The plan names no host (site.hosts, environments.${plan.environment.id}.hosts); the pages got the made-up ${MADE_UP_HOST}.`,
    )
  const written = await writtenScenarios(compiled, trial, options, site)
  for (const note of written.notes) notes.add(note)
  const all = [...deriveScenarios(plan).map(knownLint), ...written.scenarios]
  const scenarios = all
    .filter(({ conversions }) => only === undefined || conversions.some((id) => only.has(id)))
    .map((scenario) => atLevel(scenario, options.level))
  void io.untilStopped().then(() => {
    notes.add('The run was stopped; what was left is not tried.')
    stop.abort()
  })
  const proof = { trial, scenarios, explain, signal: stop.signal }
  const inBrowser = async (level: Level): Promise<{ results: readonly Judged[]; browser: string }> => {
    const runner = await browserOf(compiled, version, trial, { ...options, level }, site, notes, io)
    try {
      const progress = ({ id }: Scenario, index: number): void =>
        io.progress(`${index + 1} of ${scenarios.length}: ${id}`)
      const results = await prove({ ...proof, observe: runner.run, lanes: LANES, progress })
      return { results, browser: runner.version }
    } finally {
      await runner.close()
      io.progress()
    }
  }
  if (options.level === 'logic') longWork(io, `Running ${scenarios.length} scenarios`, scenarios.length, MANY)
  const { results, browser } =
    options.level === 'logic'
      ? { results: await prove({ ...proof, observe: logicRunner(trial.container).run }), browser: undefined }
      : await inBrowser(options.level)
  const runtime =
    options.level === 'preview'
      ? `${isGoogles(previewLink(options)) ? 'Google’s, from' : 'not Google’s: what comes from'} ${shownLink(previewLink(options))}`
      : `measurement-plan ${VERSION}`
  const ours =
    options.compare === true && options.level === 'preview' ? await inBrowser('emulated') : undefined
  const compared = ours === undefined ? undefined : compareRuns(ours.results, results, otherRuntime(runtime))
  for (const note of compared?.notes ?? []) notes.add(note)
  return reportOf(
    {
      level: options.level,
      runtime,
      ...(browser === undefined ? {} : { browser }),
      pages:
        site === undefined
          ? 'generated pages'
          : `generated pages, and ${site.kind === 'url' ? site.url : site.dir}`,
      plan: {
        id: plan.id,
        title: plan.title,
        file,
        environment: plan.environment.id,
        container: plan.environment.gtm.container,
        measurementId: measurementIdText(plan.environment.ga4),
        hash: hashOfResources(resources),
      },
      ...(options.around === undefined ? {} : { around: options.around }),
      ...(compared?.differences === undefined ? {} : { differences: compared.differences }),
      notes: [...notes],
      mistakes: written.mistakes,
    },
    { ...trial, conversions: trial.conversions.filter(({ id }) => only === undefined || only.has(id)) },
    scenarios,
    results,
  )
}

function siteOf({ url, dir }: TestOptions, isApp: boolean): Site | undefined {
  if (url !== undefined && dir !== undefined) throw new UsageError('Name the site once: --url or --dir.')
  if (url !== undefined && !/^https?:\/\//.test(url))
    throw new UsageError(`--url must begin with http:// or https://, not ${url}.`)
  return url !== undefined
    ? { kind: 'url', url }
    : dir !== undefined
      ? { kind: 'dir', dir, isApp }
      : undefined
}

/** Without a lint that `plan explain` does not know. */
function knownLint(scenario: Scenario): Scenario {
  const { lint, ...rest } = scenario
  return lint === undefined || CODES.has(lint) ? scenario : rest
}

async function browserOf(
  { plan }: CompiledPlan,
  version: ContainerVersion,
  { container }: Trial,
  options: TestOptions,
  site: Site | undefined,
  notes: Set<string>,
  io: Io,
): Promise<BrowserRunner> {
  const { browserRunner } = await import('../proof/browser/runner.ts')
  const { findBrowser, NoBrowser } = await import('../proof/browser/find-browser.ts')
  const { readRuntime } = await import('../proof/browser/gtm-script.ts')
  const property = { keyEvents: [...container.keyEvents] }
  try {
    return await browserRunner({
      browser: findBrowser(options.browser),
      now: io.now(),
      container: plan.environment.gtm.container,
      gtm:
        options.level === 'preview'
          ? { kind: 'link', link: previewLink(options) }
          : { kind: 'ours', runtime: await readRuntime(PACKAGE_ROOT), version, property },
      ...(site === undefined ? {} : { site }),
      hosts: new Set(hostsOf(plan)),
      note: (text) => notes.add(text),
      ...(io.openStage === undefined ? {} : { openStage: io.openStage }),
    })
  } catch (error) {
    if (error instanceof NoBrowser) throw new Failure('browser-is-there', error.message)
    throw error
  }
}

/** The ids of conversions on the command line; one that the plan does not have is wrong usage. */
function named({ plan }: CompiledPlan, ids: readonly string[]): ReadonlySet<string> {
  const conversions = conversionsOf(plan).map(({ id }) => id)
  const known = new Set([...conversions, ...(hasGoogleTag(plan) ? [GOOGLE_TAG] : [])])
  const stranger = ids.find((id) => !known.has(id))
  if (stranger !== undefined)
    throw new UsageError(`The plan has no conversion "${stranger}". It has: ${[...known].join(', ')}.`)
  return new Set(ids)
}
