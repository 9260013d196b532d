import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CODES } from '../codes/all.ts'
import { containerVersion } from '../compile/export.ts'
import { parseExport } from '../lift/parse-export.ts'
import { parameterNames } from '../proof/parameter-names.ts'
import { conversionsOf, hostsOf } from '../plan/plan.ts'
import { around, isMadeBy } from '../proof/around.ts'
import type { Site } from '../proof/browser/site.ts'
import { differences } from '../proof/compare.ts'
import { foreignSenders } from '../proof/foreign.ts'
import { MADE_UP_HOST } from '../proof/situation.ts'
import { deriveScenarios } from '../proof/derive.ts'
import { GOOGLE_TAG, hasGoogleTag } from '../proof/google-tag.ts'
import { logicRunner } from '../proof/logic.ts'
import { hashOfResources, prove, reportOf, trialOf } from '../proof/prove.ts'
import { passed, type Level, type ProofReport, type Result } from '../proof/report.ts'
import { renderProofJunit } from '../proof/report-junit.ts'
import { renderProofText } from '../proof/report-text.ts'
import { isContainerVersion, type ContainerVersion, type TagEntity } from '../runtime/core/container.ts'
import type { BrowserRunner } from '../proof/browser/runner.ts'
import type { Subject, Trial } from '../proof/judge.ts'
import { parameterNamesOf } from '../runtime/core/ga4.ts'
import type { Scenario } from '../proof/scenario.ts'
import { parseWritten, type Written } from '../proof/written.ts'
import { Failure, UsageError } from './failure.ts'
import { PACKAGE_ROOT } from './package-files.ts'
import { isFolder, isPlanFile } from './plan-files.ts'
import { replaceFile } from './replace-file.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, type CompiledPlan, type PlanOptions } from './load-plan.ts'
import type { TargetOptions } from './target.ts'
import { VERSION } from './version.ts'

export interface TestOptions extends PlanOptions, TargetOptions {
  readonly level: Level
  readonly format: 'text' | 'json' | 'junit' | 'html'
  readonly templates?: string
  readonly out?: string
  readonly browser?: string
  readonly only?: readonly string[]
  readonly explain?: readonly string[]
  readonly strict?: boolean
  readonly url?: string
  readonly dir?: string
  readonly around?: string
  readonly previewLink?: string
  readonly compare?: boolean
}

/** Proves that the plan's conversions fire when they should, and only then. Reaches no network but level preview's link. */
export async function testCommand(file: string | undefined, options: TestOptions, io: Io): Promise<ExitCode> {
  const compiled = await loadCompiled(file, options, io)
  io.hiding?.inResults()
  const explain = named(compiled, options.explain ?? [])
  const stop = new AbortController()
  const report = await proofOf(compiled, options, explain, stop, io)
  const text = await rendered(report, options, explain, io)
  if (options.out === undefined) io.out(text)
  else await replaceFile(options.out, text)
  return passed(report, options.strict ?? false) && !stop.signal.aborted ? 0 : 1
}

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
  checkPreview(options)
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
  const scenarios = all.filter(
    ({ conversions }) => only === undefined || conversions.some((id) => only.has(id)),
  )
  void io.untilStopped().then(() => {
    notes.add('The run was stopped; what was left is not tried.')
    stop.abort()
  })
  const progress = ({ id }: Scenario, index: number): void =>
    io.progress(`${index + 1} of ${scenarios.length}: ${id}`)
  const proof = { trial, scenarios, explain, signal: stop.signal, progress }
  const inBrowser = async (level: Level): Promise<{ results: readonly Result[]; browser: string }> => {
    const runner = await browserOf(compiled, version, trial, { ...options, level }, site, notes, io)
    try {
      const results = await prove({ ...proof, observe: runner.run, lanes: LANES })
      return { results, browser: runner.version }
    } finally {
      await runner.close()
      io.progress()
    }
  }
  const { results, browser } =
    options.level === 'logic'
      ? { results: await prove({ ...proof, observe: logicRunner(trial.container).run }), browser: undefined }
      : await inBrowser(options.level)
  const compared =
    options.compare === true && options.level === 'preview' ? await inBrowser('emulated') : undefined
  return reportOf(
    {
      level: options.level,
      runtime:
        options.level === 'preview'
          ? `${isGoogles(previewLink(options)) ? 'Google’s, from' : 'not Google’s: what comes from'} ${options.previewLink ?? ''}`
          : `measurement-plan ${VERSION}`,
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
        measurementId: plan.environment.ga4.measurementId,
        hash: hashOfResources(resources),
      },
      ...(options.around === undefined ? {} : { around: options.around }),
      ...(compared === undefined
        ? {}
        : {
            differences: results.flatMap(({ scenario, saw }, index) =>
              differences(scenario, compared.results[index]?.saw ?? [], saw),
            ),
          }),
      notes: [...notes],
      mistakes: written.mistakes,
    },
    { ...trial, subjects: trial.subjects.filter(({ id }) => only === undefined || only.has(id)) },
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

/** Scenarios in `tests/` beside the plan. */
async function writtenScenarios(
  { plan, file }: CompiledPlan,
  { subjects, container }: Trial,
  options: TestOptions,
  site: Site | undefined,
): Promise<Written> {
  const folder = join(dirname(file), 'tests')
  const names = (await readdir(folder).catch(() => [])).filter(isPlanFile).sort()
  const [host] = hostsOf(plan)
  const origin =
    host !== undefined ? `https://${host}` : site?.kind === 'url' ? site.url : `https://${MADE_UP_HOST}`
  const noSite =
    site === undefined && options.level !== 'logic'
      ? { noSite: 'it is about the team’s own site: name it with --url or --dir' }
      : {}
  const files = await Promise.all(
    names.map(async (name) => ({
      file: `${folder}/${name}`,
      text: await readFile(join(folder, name), 'utf8'),
    })),
  )
  const plans = await plansBeside(file)
  const parameters = parameterNames(plan)
  const sends = ({ tag }: Subject): readonly string[] | undefined => {
    const entity = container.tags.find(({ tagId }) => tagId === tag)
    return entity === undefined ? undefined : parameterNamesOf(entity, container)
  }
  const read = files.map((each) =>
    parseWritten(each, { plan: plan.id, subjects, origin, plans, parameters, sends, ...noSite }),
  )
  return {
    scenarios: read.flatMap(({ scenarios }) => scenarios),
    mistakes: read.flatMap(({ mistakes }) => mistakes),
    notes: read.flatMap(({ notes }) => notes),
  }
}

/** Ids of the plans in the plan's folder and in its folders. */
async function plansBeside(file: string): Promise<readonly string[]> {
  const folder = dirname(file)
  const entries = await readdir(folder, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))
  const files = await Promise.all(
    [folder, ...folders].map(async (each) =>
      (await readdir(each).catch(() => [])).flatMap((name) =>
        isPlanFile(name) && basename(each) !== 'tests' ? [join(each, name)] : [],
      ),
    ),
  )
  const texts = await Promise.all(files.flat().map((each) => readFile(each, 'utf8').catch(() => '')))
  return texts.flatMap((text) => /^plan:\s*["']?([\w-]+)/m.exec(text)?.[1] ?? []).sort()
}

/** What runs: what the plan compiles to, alone or in a foreign container. */
async function containerOf(
  compiled: CompiledPlan,
  options: TestOptions,
  notes: Set<string>,
  io: Io,
): Promise<ContainerVersion> {
  const own = compiledContainer(compiled, io)
  if (options.around === undefined) return own
  const foreign =
    options.around === 'live' ? await liveContainer(compiled, options, io) : await exported(options.around)
  if (foreign !== undefined) return around(foreign, own, compiled.plan.id)
  notes.add(`Nothing is published in ${compiled.plan.environment.gtm.container}; the plan ran alone.`)
  return own
}

async function exported(file: string): Promise<ContainerVersion> {
  const { version, diagnostics } = parseExport(await readFile(file, 'utf8'), file)
  const [problem] = diagnostics
  if (problem !== undefined) throw new Failure(problem.code, `${problem.message}\nfix: ${problem.fix ?? ''}`)
  if (!isContainerVersion(version))
    throw new Failure('container-is-for-the-web', `${file} holds no web container.`)
  return version
}

/** What is published in the environment's container, read and left alone; undefined where nothing is. */
async function liveContainer(
  { plan }: CompiledPlan,
  options: TestOptions,
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

/** What says something about Google's runtime makes no sense without it. */
function checkPreview(options: TestOptions): void {
  if (options.level === 'preview') return void previewLink(options)
  if (options.compare === true)
    throw new UsageError(
      `--compare compares ours with Google’s runtime, which runs at --level preview only, not at ${options.level}.`,
    )
  if (options.previewLink !== undefined)
    throw new UsageError(`--preview-link is for --level preview; level ${options.level} asks nobody.`)
}

/** Where a double of Google's may answer. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

function isGoogles(link: string): boolean {
  return /(^|\.)googletagmanager\.com$/.test(new URL(link).hostname)
}

function previewLink({ previewLink: link }: TestOptions): string {
  if (link !== undefined && URL.canParse(link)) {
    const { hostname, pathname } = new URL(link)
    if (pathname.endsWith('/gtm.js') && (isGoogles(link) || LOOPBACK.has(hostname))) return link
    throw new UsageError(
      `--preview-link must be an address of gtm.js at www.googletagmanager.com, not ${link}. It stands in the snippet of a GTM environment (Admin, Environments, Get Snippet).`,
    )
  }
  throw new UsageError(
    'Level preview needs --preview-link: the address of gtm.js in the snippet of a GTM environment (Admin, Environments, Get Snippet), with its gtm_auth and gtm_preview.',
  )
}

/** What the plan compiles to, the way GTM would publish it. */
export function compiledContainer({ plan, resources }: CompiledPlan, io: Pick<Io, 'now'>): ContainerVersion {
  const version = containerVersion(plan, resources, io.now())
  if (!isContainerVersion(version)) throw new Error('The compiled container is none.')
  return version
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

async function rendered(
  report: ProofReport,
  { format }: TestOptions,
  explain: ReadonlySet<string>,
  io: Io,
): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`
    case 'junit':
      return renderProofJunit(report)
    case 'html': {
      const { pageRenderer } = await import('../pages/render-page.ts')
      const { readPageFiles } = await import('../pages/read-pages.ts')
      const { proofPage } = await import('../proof/report-page.ts')
      return pageRenderer(await readPageFiles([join(PACKAGE_ROOT, 'templates/pages')]))(
        'proof',
        proofPage(report),
      )
    }
    case 'text':
      return renderProofText(report, { explain, paint: io.colour ? coloured : (_, text) => text })
  }
}

const COLOURS = { proven: 32, refuted: 31, 'not-proven': 33, 'not-tried': 90 } as const

function coloured(outcome: keyof typeof COLOURS, text: string): string {
  return `\u001b[${COLOURS[outcome]}m${text}\u001b[39m`
}
