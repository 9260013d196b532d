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
import type { BrowserContext, Page } from 'playwright-core'
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
  await context.route(/\/gtm\.js(\?|$)/, (route) => {
    const from = route.request().frame().page()
    if (from !== page && heard.has(from)) return route.fallback()
    const problem = otherLayer(new URL(route.request().url()))
    if (problem !== undefined) problems.add(problem)
    return route.fulfill({ contentType: 'text/javascript', body: text })
  })
  await context.route(/\/gtag\/js(\?|$)/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: '' }),
  )
  await context.route(/\/g\/collect(\?|$)/, (route) => route.fulfill({ status: 204 }))
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
      problems: ran ? [...problems] : [didNotRun, ...problems],
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
      while (result.outcome !== 'proven' && Date.now() < until) {
        await rest(50)
        result = judged(expected, [])
      }
      if (result.outcome !== 'proven') throw new Error(`${id}: ${result.because.join('; ')}`)
    },
    toStaySilent: async (id) => {
      eventOf(id)
      const result = judged([], [id], await markArrives())
      if (result.outcome !== 'proven') throw new Error(`${id}: ${result.because.join('; ')}`)
    },
    hits: () => [...hits],
  }
}
