/** What a scenario does on its page, step by step, and the marker that proves silence at its end. */
import type { BrowserContext, Page, Request } from 'playwright-core'
import type { Observation } from '../judge.ts'
import type { Scenario, Step } from '../scenario.ts'
import { MARKER } from './collected.ts'
import { isRefusal, refusalOf, refusedProblem } from './policy.ts'
import { LIMITS, observation, type Seeing } from './seeing.ts'
import type { BrowserSetup } from './setup.ts'
import { pushCode } from './site.ts'
import { within } from './within.ts'

/** A page without anything, of the same site: going there makes Google’s library send what it holds back. */
export const AWAY = '/__plan_away'

/** Milliseconds. */
const CLOCK_AHEAD = 600_000

/** Does what the scenario says on a page. Gives a picture of it where it is not fine, as a data address. */
export async function onPage(
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
    // On a page of ours it stands still but for the waits: a slow machine must not make a short visit long. A team's own
    // page may build itself by timers, so there it goes on. Ahead by more than a slow machine takes to get here: it cannot go back.
    if (scenario.origin === 'derived') await page.clock.pauseAt(new Date(setup.now.getTime() + CLOCK_AHEAD))
  }
  await visit(page, scenario.page.url, seen, scenario.page.referrer)
  if (setup.gtm.kind === 'link' && seen.problems.size === 0) await begun(page, seen)
  for (const [index, step] of scenario.steps.entries()) {
    if (step.do === 'visit') await provesSilence(page, seen, setup)
    if (seen.problems.size > 0) break
    await perform(page, step, seen, isMoved).catch((error: unknown) => {
      if (!browserEnded(context))
        seen.problems.add(`${stepProblem(step, index, scenario, error)}${wentTo(page.url(), scenario)}`)
    })
  }
  if (setup.gtm.kind === 'link' && !seen.asksGtm) seen.problems.add('the page did not ask for gtm.js')
  if (setup.gtm.kind === 'link' && seen.problems.size === 0) seen.pushes.push(...(await dataLayerOf(page)))
  await provesSilence(page, seen, setup)
  if (seen.problems.size === 0) await settle(page, seen, setup, isMoved)
  if (setup.gtm.kind === 'ours' && seen.problems.size === 0 && seen.pushes.length === 0)
    seen.problems.add(didNotRun(page, seen))
  if (isFine(observation(seen)) || page.isClosed()) return undefined
  return within(LIMITS.step, page.screenshot({ type: 'jpeg', quality: 50, timeout: LIMITS.step })).then(
    (bytes) => `data:image/jpeg;base64,${bytes.toString('base64')}`,
    () => undefined,
  )
}

/** A page on which nothing runs proves no silence; asked of each page of the site before another is visited, and at the end. */
async function provesSilence(page: Page, seen: Seeing, { gtm }: BrowserSetup): Promise<void> {
  const { origin, expectNone, expectNoOther } = seen.scenario
  const isAsked = gtm.kind === 'ours' && origin === 'written' && (expectNone.length > 0 || expectNoOther)
  if (!isAsked || seen.problems.size > 0 || wentTo(page.url(), seen.scenario) !== '') return
  const code = 'window.__planRunning?.size > 0'
  if ((await onceItStays(page, code)) !== true) seen.problems.add(didNotRun(page, seen))
}

function didNotRun(page: Page, { scenario, policy }: Seeing): string {
  const { pathname } = new URL(page.url())
  return `GTM did not run on the page ${pathname}${wentTo(page.url(), scenario)}${policy === undefined ? '' : `: ${policy}`}`
}

/** Read before the page is left. */
async function dataLayerOf(page: Page): Promise<readonly unknown[]> {
  const code =
    'JSON.parse(JSON.stringify(Array.from(window.dataLayer || []), (k, v) => v instanceof Element ? v.tagName : v))'
  return ((await onceItStays(page, code)) ?? []) as unknown[]
}

function watch(page: Page, seen: Seeing): void {
  page.on('crash', () => seen.problems.add('the page crashed'))
  // A visitor who leaves, leaves; every other question is answered with no.
  page.on('dialog', (dialog) => {
    const answer = dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss()
    answer.catch(() => undefined)
  })
  // Of the page itself: what its frames load leads nowhere.
  const leads = (request: Request): boolean =>
    request.isNavigationRequest() && request.frame() === page.mainFrame()
  page.on('request', (request) => {
    if (leads(request)) seen.leaving = true
  })
  page.on('domcontentloaded', () => (seen.leaving = false))
  const stays = (request: Request): void => {
    if (leads(request)) seen.leaving = false
  }
  page.on('requestfailed', stays)
  // An answer without a page, of which the browser stays where it is.
  page.on('response', (response) => {
    if (response.status() === 204 || response.status() === 205) stays(response.request())
  })
  page.on('console', (message) => {
    const text = message.text()
    if (!isRefusal(text)) return
    seen.policy ??= refusalOf(text)
    const problem = refusedProblem(text)
    if (problem !== undefined) seen.problems.add(problem)
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
    seen.problems.add(`the page ${url} did not load: ${reasonOf(error)}`)
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
      return rest(page, before, seen)
    case 'type':
      return page.locator(step.selector).first().fill(step.text, options)
    case 'submit':
      await page
        .locator(step.selector)
        .first()
        .waitFor({ ...options, state: 'attached' })
      await run(
        `{ const f = ${at(step.selector)}; if (!(f instanceof HTMLFormElement)) throw new Error('it is a ' + f.localName + ', not a form'); const b = f.querySelector('[type=submit], button:not([type])'); b ? f.requestSubmit(b) : f.requestSubmit(); undefined }`,
      ).catch(ignoreNavigation)
      return rest(page, before, seen)
    case 'scroll':
      await run(
        `window.scrollTo({ top: Math.ceil(${step.percent / 100} * document.scrollingElement.scrollHeight - innerHeight), behavior: 'instant' })`,
      )
      return pause(page, 120, isMoved)
    case 'show':
      await run(
        `{ const e = ${at(step.selector)}; if (!e) throw new Error('there is no ' + ${JSON.stringify(step.selector)}); e.hidden = false; ${intoView(step.percent)} }`,
      )
      return pause(page, 220, isMoved)
    case 'wait':
      return pause(page, step.milliseconds, isMoved)
    case 'route': {
      const url = JSON.stringify(step.url)
      await run(
        step.source === 'popstate'
          ? // What leads there must not be seen: only the way back is meant.
            `History.prototype.replaceState.call(history, null, '', ${url}), History.prototype.pushState.call(history, null, '', location.pathname + '?plan-test'), history.back()`
          : `history.${step.source}(null, '', ${url})`,
      )
      return step.source === 'popstate' ? pause(page, 100, isMoved) : undefined
    }
    case 'video': {
      const { do: _, ...detail } = step
      return void (await run(
        `window.dispatchEvent(new CustomEvent('plan-video', { detail: ${JSON.stringify(detail)} })), undefined`,
      ))
    }
    case 'error':
      // As the browser would tell it, with this script and this line.
      return void (await run(
        `window.dispatchEvent(new ErrorEvent('error', ${JSON.stringify({ message: step.message, filename: step.url, lineno: step.line })})), undefined`,
      ))
  }
}

/** Of a part only, the upper end is out of the window. */
function intoView(percent: number): string {
  if (percent >= 100) return "e.scrollIntoView({ block: 'center', behavior: 'instant' })"
  return `{ const { top, height } = e.getBoundingClientRect(); window.scrollTo({ top: scrollY + top + height * ${1 - percent / 100}, behavior: 'instant' }) }`
}

async function pause(page: Page, milliseconds: number, isMoved: boolean): Promise<void> {
  if (isMoved) await within(LIMITS.load, page.clock.runFor(milliseconds))
  else await page.waitForTimeout(milliseconds)
}

/** After a click the page may be on its way elsewhere: it has some moments to set out, and all the time to arrive. */
async function rest(page: Page, before: string, seen: Seeing): Promise<void> {
  await page.waitForTimeout(50)
  for (let waited = 0; seen.leaving && waited < LIMITS.load; waited += 20) await page.waitForTimeout(20)
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
  await onceItStays(
    page,
    `navigator.sendBeacon('https://www.google-analytics.com/g/collect?v=2&en=${MARKER}')`,
  )
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

/** What code gives on the page; where that is on its way elsewhere, on the one that it comes to. */
async function onceItStays(page: Page, code: string): Promise<unknown> {
  for (let attempt = 0; attempt < 3 && !page.isClosed(); attempt++) {
    const given: unknown = await within(LIMITS.step, page.evaluate(code)).catch(ignoreNavigation)
    if (given !== undefined && given !== false) return given
    await page.waitForLoadState('load', { timeout: LIMITS.load })
  }
  return undefined
}

function ignoreNavigation(error: unknown): undefined {
  const text = error instanceof Error ? error.message : String(error)
  if (!/context was destroyed|navigat/i.test(text)) throw error
  return undefined
}

function browserEnded(context: BrowserContext): boolean {
  return context.browser()?.isConnected() === false
}

/** Where a page has left the site by itself, that is why nothing is found on it. */
export function wentTo(url: string, { page }: Pick<Scenario, 'page'>): string {
  const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '')
  const [host, own] = [hostOf(url), hostOf(page.url)]
  return host === '' || host === own ? '' : `; it had gone to ${url.split('?')[0] ?? ''}`
}

/** Steps are counted as in a file of scenarios by hand, where the first one is the visit that begins it. */
function stepProblem(step: Step, index: number, { origin }: Scenario, error: unknown): string {
  const number = index + (origin === 'written' ? 2 : 1)
  const selector = 'selector' in step ? ` ${step.selector}` : ''
  const text = reasonOf(error)
  const why =
    text === tookTooLong(LIMITS.step)
      ? `nothing that can be used there came up on the page within ${LIMITS.step / 1000} seconds`
      : text
  return `step ${number}, ${step.do}${selector}: ${why}`
}

export function reasonOf(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const text = first.replace(/^(page|locator|browserContext|browser)\.\w+: /, '').replace(/^Error: /, '')
  const milliseconds = /^Timeout (\d+)ms exceeded/.exec(text)?.[1]
  return milliseconds === undefined ? text : tookTooLong(Number(milliseconds))
}

function tookTooLong(milliseconds: number): string {
  return `it took more than ${milliseconds / 1000} seconds`
}
