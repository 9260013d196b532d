/**
 * Scenarios in one browser: a fresh context for each, everything answered on loopback. What the page's runtime decides
 * comes through a binding, what it sends comes over the network; the two are held against each other.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { ContainerVersion, PropertyFacts } from '../../runtime/core/container.ts'
import type { Decision } from '../../runtime/core/step.ts'
import { WINDOW } from '../fixture.ts'
import type { Observation } from '../judge.ts'
import type { Moment, SeenHit } from '../report.ts'
import type { Scenario, Step } from '../scenario.ts'
import { jsonOf, momentsOf, oneLine } from '../timeline.ts'
import { hitsIn, isCollect, MARKER } from './collected.ts'
import { gtmScript } from './gtm-script.ts'
import type { Answer, Asked } from './local-world.ts'
import { generatedPage, pushCode, siteAnswer, snippetNote, type Site, type SiteWatch } from './site.ts'
import { openStage, type OpenStage } from './stage.ts'
import { TooLong, within } from './within.ts'

export interface BrowserSetup {
  /** Path of the browser. */
  readonly browser: string
  readonly now: Date
  /** Public id of the container. */
  readonly container: string
  /** What answers `gtm.js`: our runtime with this container, or Google's preview link. */
  readonly gtm:
    | {
        readonly kind: 'ours'
        readonly runtime: string
        readonly version: ContainerVersion
        readonly property: PropertyFacts
      }
    | { readonly kind: 'link'; readonly link: string }
  /** The team's own site, for scenarios without generated elements. */
  readonly site?: Site
  /** Hosts that are the site's. */
  readonly hosts: ReadonlySet<string>
  readonly note: (text: string) => void
  /** Gives a browser that runs already and is not ours to end; left out, one is started. */
  readonly openStage?: OpenStage
}

export interface BrowserRunner {
  readonly version: string
  /** @param isFine asked before the page goes: what is not fine gets a picture */
  readonly run: (scenario: Scenario, isFine: (seen: Observation) => boolean) => Promise<Observation>
  readonly close: () => Promise<void>
}

/** How long a page may take to load, a step to be done, a hit to come, in milliseconds; and how many messages it may push. */
const LIMITS = { load: 15_000, step: 5_000, arrival: 3_000, messages: 2_000 } as const

/** A page without anything, of the same site: going there makes Google’s library send what it holds back. */
const AWAY = '/__plan_away'

/** What one scenario has brought so far. */
interface Seeing {
  readonly scenario: Scenario
  readonly hits: SeenHit[]
  readonly pushes: unknown[]
  readonly decisions: Decision[]
  readonly timeline: Moment[]
  readonly problems: Set<string>
  /** How many hits the page says it has sent. */
  sent: number
  marked: boolean
  /** The page asked for `gtm.js`. */
  asksGtm: boolean
  /** Messages that nobody read any more. */
  surplus: number
  /** Told when the page floods or does not answer: its browser is of no use to others. */
  hung: () => void
  /** What the page's content security policy said first. */
  policy?: string
  arrived: () => void
}

export async function browserRunner(setup: BrowserSetup): Promise<BrowserRunner> {
  const seeing = new Map<string, Seeing>()
  const pages = new Map<string, boolean>()
  const watched: SiteWatch = {
    note: setup.note,
    page: (path, hasSnippet) => void pages.set(path, hasSnippet),
  }
  const script =
    setup.gtm.kind === 'ours'
      ? gtmScript(setup.gtm.runtime, setup.gtm.version, setup.gtm.property)
      : undefined
  for (const name of script?.broken ?? [])
    setup.note(`The script of the variable “${name}” does not parse; GTM would not publish it.`)
  const open = setup.openStage ?? openStage
  const stage = await open(
    setup.browser,
    (asked) => answerTo(asked, seeing, setup, script?.text, watched),
    setup.now,
  )
  const first = stage.browser
  const version = `${first.browserType().name()} ${first.version()}`
  let current = Promise.resolve(first)
  /** The browser; where it has crashed, a new one, which all lanes share. */
  const living = async (): Promise<Browser> => {
    const before = current
    if ((await before).isConnected()) return before
    if (current === before) current = stage.again()
    return current
  }
  let number = 0
  /** Browsers that were thrown away, and the scenario whose page hung in each. */
  const thrown = new Map<Browser, Scenario>()
  const throwAway = (browser: Browser, scenario: Scenario): void => {
    if (thrown.has(browser)) return
    thrown.set(browser, scenario)
    current = stage.again()
    current.catch(() => undefined)
    void browser.close().catch(() => undefined)
  }
  /** Undefined where another scenario's page cost this one its browser. */
  const attempt = async (
    scenario: Scenario,
    isFine: (seen: Observation) => boolean,
  ): Promise<Observation | undefined> => {
    const id = String(++number)
    const seen = nothingSeen(scenario)
    seeing.set(id, seen)
    try {
      const browser = await living().catch(() => undefined)
      if (browser === undefined) {
        seen.problems.add('the browser ended, and could not be started again')
        return observation(seen)
      }
      const observed = await runIn(browser, id, seen, setup, isFine, () => throwAway(browser, scenario))
      const culprit = thrown.get(browser)
      return culprit === undefined || culprit === scenario ? observed : undefined
    } finally {
      seeing.delete(id)
    }
  }
  return {
    version,
    run: async (scenario, isFine) => {
      for (let tries = 0; tries < 5; tries++) {
        const observed = await attempt(scenario, isFine)
        if (observed !== undefined) return observed
      }
      return observation({ ...nothingSeen(scenario), problems: new Set([ENDED]) })
    },
    close: async () => {
      const said = snippetNote(pages)
      if (said !== undefined) setup.note(said)
      await stage.close()
    },
  }
}

function nothingSeen(scenario: Scenario): Seeing {
  return {
    scenario,
    hits: [],
    pushes: [],
    decisions: [],
    timeline: [],
    problems: new Set(),
    sent: 0,
    marked: false,
    asksGtm: false,
    surplus: 0,
    hung: () => undefined,
    arrived: () => undefined,
  }
}

/** The scenario of a request stands at the end of the browser's name. */
function seeingOf({ headers }: Asked, seeing: ReadonlyMap<string, Seeing>): Seeing | undefined {
  return seeing.get(/ plan\/(\d+)$/.exec(headers['user-agent'] ?? '')?.[1] ?? '')
}

const CORS = { 'access-control-allow-origin': '*' } as const

async function answerTo(
  asked: Asked,
  seeing: ReadonlyMap<string, Seeing>,
  setup: BrowserSetup,
  script: string | undefined,
  watched: SiteWatch,
): Promise<Answer> {
  const { url } = asked
  const seen = seeingOf(asked, seeing)
  if (isCollect(asked)) {
    if (url.searchParams.get('en') === MARKER && seen !== undefined) seen.marked = true
    else
      for (const hit of hitsIn(asked, setup.gtm.kind === 'ours')) {
        seen?.hits.push(hit)
        seen?.timeline.push({
          kind: 'hit',
          text: `${hit.event} to ${hit.target}: ${oneLine(hit.parameters)}`,
        })
      }
    seen?.arrived()
    return { status: 204, headers: CORS, body: '' }
  }
  if (url.pathname.endsWith('/gtm.js')) {
    const headers = { ...CORS, 'content-type': 'text/javascript' }
    if (seen !== undefined) seen.asksGtm = true
    if (script !== undefined) return { status: 200, headers, body: script }
    return loaded(seen, 'gtm.js', fromGoogle(setup, asked))
  }
  if (setup.gtm.kind === 'link' && url.pathname.includes('/gtag/'))
    return loaded(seen, 'gtag/js', fromGoogle(setup, asked))
  if (setup.gtm.kind === 'link' && /\/a$|\/td$/.test(url.pathname)) return fromGoogle(setup, asked)
  if (
    seen !== undefined &&
    (setup.hosts.has(url.host) || url.host === new URL(seen.scenario.page.url).host)
  ) {
    if (url.pathname === AWAY)
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html>' }
    if (url.pathname === '/favicon.ico') return { status: 204, headers: {}, body: '' }
    const html = { 'content-type': 'text/html; charset=utf-8' }
    if (seen.scenario.page.elements !== undefined || setup.site === undefined)
      return { status: 200, headers: html, body: generatedPage(seen.scenario, setup.container) }
    return siteAnswer(setup.site, asked, setup.container, watched).catch((error: unknown) => {
      seen.problems.add(error instanceof Error ? error.message : String(error))
      throw error
    })
  }
  return stranger(url)
}

/** Without Google's scripts nothing is refuted, and no silence proven. */
async function loaded(seen: Seeing | undefined, what: string, answer: Promise<Answer>): Promise<Answer> {
  return answer.catch((error: unknown) => {
    const { message, cause } = error as Error & { readonly cause?: { readonly code?: string } }
    seen?.problems.add(`${what} did not load: ${cause?.code ?? message}`)
    throw error
  })
}

/** What nobody here knows: an empty script, an empty picture, an empty page. */
function stranger({ pathname }: URL): Answer {
  if (/\.m?js$|\/js$/.test(pathname))
    return { status: 200, headers: { ...CORS, 'content-type': 'text/javascript' }, body: '' }
  if (/\.(gif|png|jpe?g|webp|svg|ico)$|\/tr\/?$|pixel|collect/.test(pathname))
    return { status: 204, headers: CORS, body: '' }
  return {
    status: 200,
    headers: { ...CORS, 'content-type': 'text/html' },
    body: '<!doctype html><title>Elsewhere</title>',
  }
}

/** Google's own runtime, fetched by us: the page itself reaches nothing. */
async function fromGoogle({ gtm }: BrowserSetup, { url }: Asked): Promise<Answer> {
  if (gtm.kind !== 'link') throw new Error('Only level preview asks Google.')
  const link = new URL(gtm.link)
  const target = new URL(url.pathname + url.search, link.origin)
  if (url.pathname.endsWith('/gtm.js'))
    for (const [key, value] of link.searchParams) target.searchParams.set(key, value)
  const response = await fetch(target)
  if (!response.ok) throw new Error(`${target.origin}${target.pathname} answered ${response.status}.`)
  return {
    status: 200,
    headers: { ...CORS, 'content-type': 'text/javascript' },
    body: Buffer.from(await response.arrayBuffer()),
  }
}

/** One scenario in a context of its own. What waits for a browser that has ended would wait for ever, so it is given up. */
async function runIn(
  browser: Browser,
  id: string,
  seen: Seeing,
  setup: BrowserSetup,
  isFine: (seen: Observation) => boolean,
  throwAway: () => void,
): Promise<Observation> {
  let context: BrowserContext | undefined
  let screenshot: string | undefined
  let end = (): void => undefined
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(new Error(ENDED))
  })
  ended.catch(() => undefined)
  browser.once('disconnected', end)
  let isHung = false
  seen.hung = () => {
    isHung = true
    throwAway()
    end()
  }
  const alive = <T>(promise: Promise<T>): Promise<T> => Promise.race([promise, ended])
  try {
    if (!browser.isConnected()) end()
    context = await alive(within(LIMITS.load, opened(browser, id, seen)))
    screenshot = await alive(onPage(context, seen, setup, isFine))
  } catch (error) {
    if (!isHung) seen.problems.add(reasonOf(error))
    if (error instanceof TooLong) seen.hung()
  } finally {
    browser.off('disconnected', end)
    // A page that cannot even be closed would slow down all that come after it.
    if (context !== undefined && !isHung)
      await within(LIMITS.step, context.close()).catch((error: unknown) => {
        if (error instanceof TooLong) seen.hung()
      })
  }
  // Then nothing else that went wrong says more.
  const problems = browser.isConnected() || isHung ? {} : { problems: [ENDED] }
  return { ...observation(seen), ...problems, ...(screenshot === undefined ? {} : { screenshot }) }
}

const ENDED = 'the browser ended in the middle of it'

async function opened(browser: Browser, id: string, seen: Seeing): Promise<BrowserContext> {
  const { cookies, url } = seen.scenario.page
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36 plan/${id}`,
    viewport: WINDOW,
    serviceWorkers: 'block',
  })
  await context.exposeBinding('__planReport', (_, text: string) => told(seen, text))
  const jar = Object.entries(cookies).map(([name, value]) => ({ name, value, url }))
  if (jar.length > 0) await context.addCookies(jar)
  return context
}

/** Does what the scenario says on a page. Gives a picture of it where it is not fine, as a data address. */
async function onPage(
  context: BrowserContext,
  seen: Seeing,
  setup: BrowserSetup,
  isFine: (seen: Observation) => boolean,
): Promise<string | undefined> {
  const { scenario } = seen
  const page = await context.newPage()
  watch(page, seen)
  const waits = scenario.steps.reduce((sum, step) => sum + (step.do === 'wait' ? step.milliseconds : 0), 0)
  // Long waits are not waited for: the page's clock is moved. Google's runtime keeps real time.
  const isMoved = waits > 2_000 && setup.gtm.kind === 'ours'
  if (isMoved) {
    await page.clock.install({ time: setup.now })
    // It stands still but for the waits: a slow machine must not make a short visit long.
    await page.clock.pauseAt(new Date(setup.now.getTime() + 1000))
  }
  await visit(page, scenario.page.url, seen, scenario.page.referrer)
  if (setup.gtm.kind === 'link' && seen.problems.size === 0) await begun(page, seen)
  for (const [index, step] of scenario.steps.entries()) {
    if (seen.problems.size > 0) break
    await perform(page, step, seen, isMoved).catch((error: unknown) => {
      if (!browserEnded(context)) seen.problems.add(stepProblem(step, index, scenario, error))
    })
  }
  if (setup.gtm.kind === 'link' && !seen.asksGtm) seen.problems.add('the page did not ask for gtm.js')
  if (setup.gtm.kind === 'link' && seen.problems.size === 0) seen.pushes.push(...(await dataLayerOf(page)))
  if (seen.problems.size === 0) await settle(page, seen, setup, isMoved)
  // A page on which nothing ran proves no silence.
  if (setup.gtm.kind === 'ours' && seen.problems.size === 0 && seen.pushes.length === 0)
    seen.problems.add(`GTM did not run on the page${seen.policy === undefined ? '' : `: ${seen.policy}`}`)
  if (isFine(observation(seen)) || page.isClosed()) return undefined
  return within(LIMITS.step, page.screenshot({ type: 'jpeg', quality: 50, timeout: LIMITS.step })).then(
    (bytes) => `data:image/jpeg;base64,${bytes.toString('base64')}`,
    () => undefined,
  )
}

/** Read before the page is left. */
async function dataLayerOf(page: Page): Promise<readonly unknown[]> {
  const code =
    'JSON.parse(JSON.stringify(Array.from(window.dataLayer || []), (k, v) => v instanceof Element ? v.tagName : v))'
  return (await within(LIMITS.step, page.evaluate(code))) as unknown[]
}

function observation(seen: Seeing): Observation {
  return {
    hits: seen.hits,
    decisions: seen.decisions,
    timeline: seen.timeline,
    marker: seen.marked,
    problems: [...seen.problems],
    dataLayer: jsonOf(seen.pushes, 2),
  }
}

/** What the page's runtime says of one message. */
function told(seen: Seeing, text: string): void {
  if (seen.pushes.length >= LIMITS.messages) {
    seen.problems.add(`the page pushed more than ${LIMITS.messages} messages; it does not come to rest`)
    if (++seen.surplus > LIMITS.messages) seen.hung()
    return
  }
  const { push, decisions, hits } = JSON.parse(text) as {
    readonly push: unknown
    readonly decisions: readonly Decision[]
    readonly hits: readonly unknown[]
  }
  seen.pushes.push(push)
  seen.decisions.push(...decisions)
  seen.sent += hits.length
  seen.timeline.push({ kind: 'push', text: oneLine(push) }, ...decisions.flatMap(momentsOf))
}

function watch(page: Page, seen: Seeing): void {
  page.on('crash', () => seen.problems.add('the page crashed'))
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
  page.on('console', (message) => {
    const text = message.text()
    if (/Content Security Policy/i.test(text)) seen.policy ??= text.slice(0, 200)
    const refused = /Content Security Policy/i.test(text) && /google|gtm|analytics|collect/i.test(text)
    if (refused) seen.problems.add(`the page’s content security policy refuses it: ${text.slice(0, 200)}`)
  })
}

async function visit(page: Page, url: string, seen: Seeing, referrer?: string): Promise<void> {
  try {
    const response = await page.goto(url, {
      timeout: LIMITS.load,
      waitUntil: 'load',
      ...(referrer === undefined ? {} : { referer: referrer }),
    })
    const status = response?.status() ?? 200
    // Where the site itself gave no answer, that has been said.
    if (status >= 400 && seen.problems.size === 0) seen.problems.add(`the page ${url} answered ${status}`)
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    seen.problems.add(`the page ${url} did not load: ${reason.replace(/^page\.goto: /, '')}`)
  }
}

/** GTM says by a message of its own that it runs; where what came as gtm.js never does, it was no GTM. */
async function begun(page: Page, seen: Seeing): Promise<void> {
  if (!seen.asksGtm) return
  const code = `Array.from(window.dataLayer || []).some((each) => each && each.event === 'gtm.dom')`
  for (let waited = 0; waited < LIMITS.arrival; waited += 100) {
    if ((await within(LIMITS.step, page.evaluate(code)).catch(ignoreNavigation)) === true) return
    await page.waitForTimeout(100)
  }
  seen.problems.add('gtm.js did not load: what came in its place is no GTM')
}

async function perform(page: Page, step: Step, seen: Seeing, isMoved: boolean): Promise<void> {
  const before = page.url()
  const run = (code: string): Promise<unknown> => within(LIMITS.step, page.evaluate(code))
  const at = (selector: string): string => `document.querySelector(${JSON.stringify(selector)})`
  const options = { timeout: LIMITS.step }
  switch (step.do) {
    case 'visit':
      return visit(page, new URL(step.url, before).href, seen)
    case 'push':
      return void (await run(`{ ${pushCode(step.pushed)}; undefined }`))
    case 'click':
      await page
        .locator(step.selector)
        .first()
        .click({ ...options, noWaitAfter: true })
      return rest(page, before)
    case 'type':
      return page.locator(step.selector).first().fill(step.text, options)
    case 'submit':
      await page
        .locator(step.selector)
        .first()
        .waitFor({ ...options, state: 'attached' })
      await run(
        `{ const f = ${at(step.selector)}; const b = f.querySelector('[type=submit], button:not([type])'); b ? f.requestSubmit(b) : f.requestSubmit(); undefined }`,
      ).catch(ignoreNavigation)
      return rest(page, before)
    case 'scroll':
      await run(
        `window.scrollTo({ top: Math.ceil(${step.percent / 100} * document.scrollingElement.scrollHeight - innerHeight), behavior: 'instant' })`,
      )
      return pause(page, 120, isMoved)
    case 'show':
      await run(
        `{ const e = ${at(step.selector)}; if (!e) throw new Error('there is no ' + ${JSON.stringify(step.selector)}); e.hidden = false; e.scrollIntoView({ block: 'center', behavior: 'instant' }) }`,
      )
      return pause(page, 220, isMoved)
    case 'wait':
      return pause(page, step.milliseconds, isMoved)
    case 'route': {
      const url = JSON.stringify(step.url)
      await run(
        step.source === 'popstate'
          ? `history.replaceState(null, '', ${url}), history.pushState(null, '', location.pathname + '?plan-test'), history.back()`
          : `history.${step.source}(null, '', ${url})`,
      )
      return step.source === 'popstate' ? pause(page, 100, isMoved) : undefined
    }
    case 'video': {
      const { status, percent, title, url } = step
      return void (await run(
        `window.dispatchEvent(new CustomEvent('plan-video', { detail: ${JSON.stringify({ status, percent, title, url })} })), undefined`,
      ))
    }
    case 'error':
      await run(`setTimeout(() => { throw new Error(${JSON.stringify(step.message)}) }), undefined`)
      return pause(page, 20, isMoved)
  }
}

async function pause(page: Page, milliseconds: number, isMoved: boolean): Promise<void> {
  if (isMoved) await within(LIMITS.load, page.clock.runFor(milliseconds))
  else await page.waitForTimeout(milliseconds)
}

/** After a click the page may be on its way elsewhere. */
async function rest(page: Page, before: string): Promise<void> {
  await page.waitForTimeout(50)
  if (page.url() !== before) await page.waitForLoadState('load', { timeout: LIMITS.load })
}

/**
 * Silence is proved by a marker: sent last, over the same way as hits, and by then every hit that the page says it sent
 * must have come. Google's library holds events back until the page goes, so there it goes first.
 */
async function settle(page: Page, seen: Seeing, setup: BrowserSetup, isMoved: boolean): Promise<void> {
  if (setup.gtm.kind === 'link') {
    await page.waitForTimeout(300)
    await page.goto(new URL(AWAY, seen.scenario.page.url).href, { timeout: LIMITS.load })
  } else if (isMoved) await pause(page, 60, isMoved)
  const marker = `navigator.sendBeacon('https://www.google-analytics.com/g/collect?v=2&en=${MARKER}')`
  for (let attempt = 0; attempt < 3 && !page.isClosed(); attempt++) {
    const sent = await within(LIMITS.step, page.evaluate(marker)).catch(ignoreNavigation)
    if (sent === true) break
    await page.waitForLoadState('load', { timeout: LIMITS.load })
  }
  const isAll = (): boolean => seen.marked && seen.hits.length >= seen.sent
  await within(
    LIMITS.arrival,
    new Promise<void>((resolve) => {
      seen.arrived = () => {
        if (isAll()) resolve()
      }
      seen.arrived()
    }),
  ).catch(() => {
    if (seen.marked) seen.problems.add(`the page sent ${seen.sent} hits, and ${seen.hits.length} came`)
  })
}

function ignoreNavigation(error: unknown): undefined {
  const text = error instanceof Error ? error.message : String(error)
  if (!/context was destroyed|navigat/i.test(text)) throw error
  return undefined
}

function browserEnded(context: BrowserContext): boolean {
  return context.browser()?.isConnected() === false
}

/** Steps are counted as in a file of scenarios by hand, where the first one is the visit that begins it. */
function stepProblem(step: Step, index: number, { origin }: Scenario, error: unknown): string {
  const number = index + (origin === 'written' ? 2 : 1)
  const selector = 'selector' in step ? ` ${step.selector}` : ''
  const text = reasonOf(error)
  const why = /^Timeout \d+ms exceeded/.test(text)
    ? `nothing that can be used there came up within ${LIMITS.step / 1000} seconds`
    : text
  return `step ${number}, ${step.do}${selector}: ${why}`
}

function reasonOf(error: unknown): string {
  const [text = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return text.replace(/^(page|locator|browserContext|browser)\.\w+: /, '').replace(/^Error: /, '')
}
