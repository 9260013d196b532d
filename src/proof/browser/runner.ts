/**
 * Scenarios in one browser: a fresh context for each, everything answered on loopback. What the page's runtime decides
 * comes through a binding, what it sends comes over the network; the two are held against each other.
 */
import type { Browser, BrowserContext } from 'playwright-core'
import { WINDOW } from '../fixture.ts'
import type { Observation } from '../judge.ts'
import type { Scenario } from '../scenario.ts'
import { hitsIn, isCollect, MARKER } from './collected.ts'
import { fromLink, type FromLink } from './from-link.ts'
import { gtmScript, otherLayer } from './gtm-script.ts'
import type { Answer, Asked } from './local-world.ts'
import { AWAY, onPage, reasonOf } from './on-page.ts'
import { came, LIMITS, nothingSeen, observation, told, type Seeing } from './seeing.ts'
import type { BrowserSetup } from './setup.ts'
import { generatedPage, siteAnswer, snippetNote, type SiteWatch } from './site.ts'
import { openStage } from './stage.ts'
import { TooLong, within } from './within.ts'

export interface BrowserRunner {
  readonly version: string
  /** @param isFine asked before the page goes: what is not fine gets a picture */
  readonly run: (scenario: Scenario, isFine: (seen: Observation) => boolean) => Promise<Observation>
  readonly close: () => Promise<void>
}

export async function browserRunner(setup: BrowserSetup): Promise<BrowserRunner> {
  const seeing = new Map<string, Seeing>()
  const pages = new Map<string, boolean>()
  const watched: SiteWatch = {
    note: setup.note,
    page: (path, hasSnippet) => void pages.set(path, hasSnippet),
  }
  const runtime = runtimeOf(setup)
  const open = setup.openStage ?? openStage
  const stage = await open(
    setup.browser,
    (asked) => answerTo(asked, seeing, setup, runtime, watched),
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
      const silent = typeof runtime === 'string' ? undefined : runtime.silent()
      if (silent !== undefined) return observation({ ...nothingSeen(scenario), problems: new Set([silent]) })
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

/** What answers `gtm.js`: our script, or Google's through the link. */
function runtimeOf({ gtm, note }: BrowserSetup): string | FromLink {
  if (gtm.kind === 'link') return fromLink(gtm.link, gtm.patience)
  const { text, broken } = gtmScript(gtm.runtime, gtm.version, gtm.property)
  for (const name of broken)
    note(`The script of the variable “${name}” does not parse; GTM would not publish it.`)
  return text
}

/** The scenario of a request stands at the end of the browser's name. */
function seeingOf({ headers }: Asked, seeing: ReadonlyMap<string, Seeing>): Seeing | undefined {
  return seeing.get(/ plan\/(\d+)$/.exec(headers['user-agent'] ?? '')?.[1] ?? '')
}

/**
 * What a page sends as it goes (`pagehide`) carries the browser's own name, and the page's binding is gone. Our runtime says
 * whose it is; of Google's, other hits of the same page load have come before.
 */
function leftBehind({ url }: Asked, seeing: ReadonlyMap<string, Seeing>): Seeing | undefined {
  const [run, load] = [url.searchParams.get('plan.run'), url.searchParams.get('_p')]
  if (run !== null) return seeing.get(run)
  return [...seeing.values()].find(({ loads }) => load !== null && loads.has(load))
}

const CORS = { 'access-control-allow-origin': '*' } as const

async function answerTo(
  asked: Asked,
  seeing: ReadonlyMap<string, Seeing>,
  setup: BrowserSetup,
  runtime: string | FromLink,
  watched: SiteWatch,
): Promise<Answer> {
  const { url } = asked
  const seen = seeingOf(asked, seeing)
  if (isCollect(asked)) {
    const from = seen ?? leftBehind(asked, seeing)
    const load = url.searchParams.get('_p')
    if (load !== null) from?.loads.add(load)
    if (url.searchParams.get('en') === MARKER && from !== undefined) from.marked = true
    else for (const hit of hitsIn(asked, setup.gtm.kind === 'ours')) if (from !== undefined) came(from, hit)
    from?.arrived()
    return { status: 204, headers: CORS, body: '' }
  }
  if (url.pathname.endsWith('/gtm.js')) {
    const headers = { ...CORS, 'content-type': 'text/javascript' }
    if (seen !== undefined) seen.asksGtm = true
    const problem = otherLayer(url)
    if (problem !== undefined) seen?.problems.add(problem)
    if (typeof runtime === 'string') return { status: 200, headers, body: runtime }
    return needed(seen, asked, runtime.script(asked, 'gtm.js'))
  }
  if (typeof runtime !== 'string') {
    if (url.pathname.includes('/gtag/')) return needed(seen, asked, runtime.script(asked, 'gtag/js'))
    if (/\/a$|\/td$/.test(url.pathname)) return runtime.ask(asked)
  }
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
    return needed(seen, asked, siteAnswer(setup.site, asked, setup.container, watched))
  }
  return stranger(url)
}

/** Without Google's scripts, and without the site, nothing is refuted and no silence proven; unless the page has gone on meanwhile. */
async function needed(seen: Seeing | undefined, { signal }: Asked, answer: Promise<Answer>): Promise<Answer> {
  return answer.catch((error: unknown) => {
    if (signal?.aborted !== true) seen?.problems.add(error instanceof Error ? error.message : String(error))
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
  let observed: Observation | undefined
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
    const screenshot = await alive(onPage(context, seen, setup, isFine))
    // What a page does as we close it is nobody's visit.
    observed = { ...observation(seen), ...(screenshot === undefined ? {} : { screenshot }) }
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
  return { ...(observed ?? observation(seen)), ...problems }
}

/**
 * A link to a telephone or a mail program leads out of the browser; while Chromium looks for the program, the next click
 * may be lost. Asked last of all, after the page and GTM have seen the click.
 */
const STAYS = `addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href], area[href]') : null
  if (link !== null && /^(?!https?:|javascript:|blob:|data:|about:|file:)[a-z][a-z0-9+.-]*:/i.test(link.href)) event.preventDefault()
})`

const ENDED = 'the browser ended in the middle of it'

async function opened(browser: Browser, id: string, seen: Seeing): Promise<BrowserContext> {
  const { cookies, url } = seen.scenario.page
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36 plan/${id}`,
    viewport: WINDOW,
    serviceWorkers: 'block',
  })
  await context.addInitScript(STAYS)
  await context.exposeBinding('__planReport', (_, text: string) => told(seen, text))
  const jar = Object.entries(cookies).map(([name, value]) => ({ name, value, url }))
  if (jar.length > 0) await context.addCookies(jar)
  return context
}
