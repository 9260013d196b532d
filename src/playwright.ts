/**
 * For teams with end-to-end tests of their own: the plan's conversions asserted in their Playwright tests.
 *
 *   const plan = await expectPlan(page, 'plans/shop.yaml', { environment: 'staging' })
 *   await page.goto('/')
 *   await page.click('#join')
 *   await plan.toFire('club_joined', { method: 'email' })
 *   await plan.toStaySilent('purchase')
 *
 * The page gets our runtime with the compiled plan as its `gtm.js`; hits go nowhere.
 */
import type { BrowserContext, Page, Request, Route } from 'playwright-core'
import { loadCompiled } from './commands/load-plan.ts'
import { PACKAGE_ROOT } from './commands/package-files.ts'
import { quietIo } from './commands/quiet-io.ts'
import { compiledContainer } from './commands/tested-container.ts'
import { gtmScript, otherLayer, readRuntime } from './proof/browser/gtm-script.ts'
import { refusedProblem } from './proof/browser/policy.ts'
import { unreadable } from './proof/browser/seeing.ts'
import { judge, type Observation } from './proof/judge.ts'
import { trialOf } from './proof/prove.ts'
import type { Result, SeenHit } from './proof/report.ts'
import type { Expected, Scenario } from './proof/scenario.ts'
import { readHit, type Hit } from './runtime/core/hit.ts'
import type { Decision } from './runtime/core/step.ts'

export interface PlanExpectations {
  /** Resolves once the conversion's event was sent, with these parameters; throws with the reason after the timeout. */
  readonly toFire: (id: string, parameters?: Expected['parameters']) => Promise<void>
  /** Throws when the conversion's event was sent up to now: a marker that is pushed afterwards must arrive. */
  readonly toStaySilent: (id: string) => Promise<void>
  /** What was sent so far. */
  readonly hits: () => readonly SeenHit[]
}

export interface ExpectOptions {
  readonly environment?: string
  /** What `${NAME}` in the plan stands for; usually the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** How long toFire waits, in milliseconds. */
  readonly timeout?: number
}

/** The key of a push that only marks a moment. */
const MARK = 'plan_marker'

/** What polls has looked first: scrolling every 50 ms, what is visible every 100 (GTM-RUNTIME 5.1). */
const LISTENERS_HAVE_LOOKED = 220

/** Of each context the pages that are looked at, and what hears of each: a context takes one binding of a name. */
const HEARD = new WeakMap<BrowserContext, Map<Page, (said: string) => void>>()

/** A page that nobody looks at by itself, such as one that another opened, is heard by all. */
async function heardIn(context: BrowserContext): Promise<Map<Page, (said: string) => void>> {
  const before = HEARD.get(context)
  if (before !== undefined) return before
  const heard = new Map<Page, (said: string) => void>()
  HEARD.set(context, heard)
  await context.exposeBinding('__planReport', ({ page: from }, said: string) => {
    const own = heard.get(from)
    for (const hear of own === undefined ? heard.values() : [own]) hear(said)
  })
  return heard
}

/** What comes of a hit is known by then, in milliseconds; one that leaves with its page is told of by nobody. */
const HITS_HAVE_SETTLED = 1000

const GTM = /\/gtm\.js(\?|$)/
const COLLECT = /\/g\/collect(\?|$)/

/** Requests that were answered here. A route of the test's own, of the page or later than ours, comes before it. */
const ANSWERED = new WeakSet<Request>()

function answer(route: Route, response: Parameters<Route['fulfill']>[0]): Promise<void> {
  ANSWERED.add(route.request())
  return route.fulfill(response)
}

/**
 * A page that goes is heard by nobody, and what it sends by then passes every route: its hits stay here, and what it says is
 * told by the next page of the site.
 */
const GOES = `(() => {
const key = 'plan.left', report = window.__planReport, send = navigator.sendBeacon
const left = () => JSON.parse(sessionStorage.getItem(key) ?? '[]')
let hidden = false
addEventListener('pagehide', () => { hidden = true })
addEventListener('pageshow', () => { hidden = false })
const goes = () => hidden || /^(pagehide|unload)$/.test(window.event?.type)
try {
  left().forEach((text) => report?.(text))
  sessionStorage.removeItem(key)
} catch {}
window.__planReport = (text) => {
  if (!goes()) return report?.(text)
  try { sessionStorage.setItem(key, JSON.stringify([...left(), text])) } catch {}
}
navigator.sendBeacon = (url, body) => (goes() && /\\/g\\/collect(\\?|$)/.test(url)) || send.call(navigator, url, body)
})();`

const HAND_ON = 'let it hand on gtm.js, gtag/js and /g/collect with route.fallback()'

/** How a request that has ended went past us, to what came of the plan or to Google; undefined where it did not. */
async function wentPast(request: Request): Promise<string | undefined> {
  if (ANSWERED.has(request)) return undefined
  // One that the page gave up as it went on elsewhere, or that its policy refuses ("csp"), reached no route.
  const failed = request.failure()?.errorText
  if (failed !== undefined && (failed === 'net::ERR_ABORTED' || !failed.startsWith('net::'))) return undefined
  const { host } = new URL(request.url())
  if (GTM.test(request.url()))
    return `gtm.js of ${host} was not answered by expectPlan: a route of the test itself took it first; ${HAND_ON}`
  // What the test answers itself has no server, and what fails has reached none.
  const response = failed === undefined ? await request.response() : null
  if ((await response?.serverAddr()) == null) return undefined
  return `a hit went out to ${host}: a route of the test itself let it pass; ${HAND_ON}`
}

function pageOf(request: Request): Page | undefined {
  try {
    return request.frame().page()
  } catch {
    // A service worker's has none.
    return undefined
  }
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function markIn(push: unknown): number {
  return Number((push as { readonly [MARK]?: unknown } | null)?.[MARK] ?? 0)
}

/** Call it before the page is opened. @param plan path of the plan file */
export async function expectPlan(
  page: Page,
  plan: string,
  { environment, env = {}, timeout = 5000 }: ExpectOptions = {},
): Promise<PlanExpectations> {
  const io = quietIo(env)
  const compiled = await loadCompiled(plan, environment === undefined ? {} : { environment }, io)
  const version = compiledContainer(compiled, io)
  const trial = trialOf(compiled.plan, compiled.resources, version)
  const property = { keyEvents: [...trial.container.keyEvents] }
  const { text } = gtmScript(await readRuntime(PACKAGE_ROOT), version, property)
  const hits: SeenHit[] = []
  const decisions: Decision[] = []
  let ran = false
  let marked = 0

  const problems = new Set<string>()
  const context = page.context()
  const heard = await heardIn(context)
  const isOthers = (from: Page): boolean => from !== page && heard.has(from)
  await context.route(GTM, (route) => {
    if (isOthers(route.request().frame().page())) return route.fallback()
    const problem = otherLayer(new URL(route.request().url()))
    if (problem !== undefined) problems.add(problem)
    return answer(route, { contentType: 'text/javascript', body: `${GOES}${text}` })
  })
  await context.route(/\/gtag\/js(\?|$)/, (route) =>
    answer(route, { contentType: 'text/javascript', body: '' }),
  )
  await context.route(COLLECT, (route) => answer(route, { status: 204 }))
  const past = new Set<string>()
  let settled = 0
  const ended = async (request: Request): Promise<void> => {
    const from = pageOf(request)
    const isHit = COLLECT.test(request.url())
    if (from === undefined || isOthers(from) || !(isHit || GTM.test(request.url()))) return
    // Where the page is closed meanwhile, nobody asks any more.
    const said = await wentPast(request).catch(() => undefined)
    if (said !== undefined) past.add(said)
    if (isHit) settled++
  }
  context.on('requestfinished', (request) => void ended(request))
  context.on('requestfailed', (request) => void ended(request))
  page.on('console', (message) => {
    const problem = refusedProblem(message.text())
    if (problem !== undefined) problems.add(problem)
  })
  const hear = (said: string): void => {
    ran = true
    const told = JSON.parse(said) as {
      readonly hits: readonly Hit[]
      readonly decisions: readonly Decision[]
      readonly push: unknown
      readonly problem?: string
    }
    if (told.problem !== undefined) problems.add(unreadable(told.problem))
    marked = Math.max(marked, markIn(told.push))
    hits.push(
      ...told.hits.map((hit) => ({ ...readHit(hit.query), to: hit.to, tag: hit.tag, open: hit.open })),
    )
    decisions.push(...told.decisions)
  }
  heard.set(page, hear)

  /** @param marker whether one that was sent after everything else has arrived */
  const judged = (expected: readonly Expected[], silent: readonly string[], marker = true): Result => {
    const ids = [...expected.map(({ conversion }) => conversion), ...silent]
    const scenario: Scenario = {
      id: ids.join(', '),
      title: '',
      conversions: ids,
      origin: 'written',
      page: { url: page.url(), cookies: {}, before: [] },
      steps: [],
      expect: expected,
      expectNone: silent,
      expectNoOther: false,
    }
    // A page on which nothing ran proves no silence.
    const didNotRun =
      heard.get(page) === hear
        ? 'GTM did not run on the page: it must load gtm.js, and expectPlan must be called before it is opened'
        : 'expectPlan was called again for this page, and only what it gave last hears of it'
    const seen: Observation = {
      hits,
      decisions,
      timeline: () => [],
      marker,
      problems: [...past, ...(ran || past.size > 0 ? [] : [didNotRun]), ...problems],
    }
    return judge(trial, scenario, seen, false)
  }
  let marks = 0
  /** Silence is proved by a marker: pushed last, it is reported after all that was pushed before it. */
  const markArrives = async (): Promise<boolean> => {
    const mark = ++marks
    const until = Date.now() + timeout
    await rest(LISTENERS_HAVE_LOOKED)
    while (marked < mark && Date.now() < until) {
      // A page that is on its way elsewhere takes no marker; the next one does.
      const pushed = page.evaluate(`(window.dataLayer ??= []).push({ ${MARK}: ${mark} })`)
      await Promise.race([pushed.catch(() => undefined), rest(timeout)])
      await rest(20)
    }
    return marked >= mark
  }
  /** Where hits go is known a moment after the page has said that it sends them. */
  const hitsHaveSettled = async (): Promise<void> => {
    const until = Date.now() + HITS_HAVE_SETTLED
    while (settled < hits.length && Date.now() < until) await rest(20)
    settled = Math.max(settled, hits.length)
  }
  const eventOf = (id: string): string => {
    const conversion = trial.conversions.find((each) => each.id === id)
    if (conversion === undefined)
      throw new Error(
        `${plan} has no conversion "${id}" that a tag collects; there are ${trial.conversions.map((each) => each.id).join(', ')}.`,
      )
    return conversion.event
  }
  return {
    toFire: async (id, parameters = {}) => {
      const expected = [{ conversion: id, event: eventOf(id), parameters }]
      const until = Date.now() + timeout
      let result = judged(expected, [])
      while (result.outcome !== 'proven' && past.size === 0 && Date.now() < until) {
        await rest(50)
        result = judged(expected, [])
      }
      await hitsHaveSettled()
      result = judged(expected, [])
      if (result.outcome !== 'proven') throw new Error(`${id}: ${result.because.join('; ')}`)
    },
    toStaySilent: async (id) => {
      eventOf(id)
      const marker = await markArrives()
      await hitsHaveSettled()
      const result = judged([], [id], marker)
      if (result.outcome !== 'proven') throw new Error(`${id}: ${result.because.join('; ')}`)
    },
    hits: () => [...hits],
  }
}
