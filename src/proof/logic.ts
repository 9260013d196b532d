/** Level logic: a scenario in our runtime, without a browser. Pages that load alike are loaded once. */
import type { Container } from '../runtime/core/container.ts'
import { readHit, type Hit } from '../runtime/core/hit.ts'
import { loaded, opened, perform, type Action, type Session } from '../runtime/node/session.ts'
import { matchesSelector, type Element } from '../runtime/node/element.ts'
import type { Facts } from '../runtime/node/page.ts'
import { PAGE_HEIGHT, WINDOW } from './fixture.ts'
import type { Observation } from './judge.ts'
import type { SeenHit } from './report.ts'
import type { Pushed, Scenario, ScenarioPage, Step } from './scenario.ts'
import { jsonOf, momentsOf, oneLine } from './timeline.ts'

export interface LogicRunner {
  readonly run: (scenario: Scenario) => Observation
}

export function logicRunner(container: Container): LogicRunner {
  const pages = new Map<string, Session>()
  /** What a page sends as it loads is read once for all that happens on it afterwards. */
  const read = new WeakMap<Hit, SeenHit>()
  const seen = (hit: Hit): SeenHit => {
    const known = read.get(hit) ?? { ...readHit(hit.query), to: hit.to, tag: hit.tag, open: hit.open }
    read.set(hit, known)
    return known
  }
  const load = (page: ScenarioPage): Session => {
    const key = JSON.stringify(page)
    const known = pages.get(key)
    if (known !== undefined) return known
    const session = loaded(opened(container, factsOf(page)), page.before.map(messageOf))
    pages.set(key, session)
    return session
  }
  return {
    run: (scenario) => {
      const problems: string[] = []
      let session = load(scenario.page)
      const earlier: Session[] = []
      for (const step of scenario.steps) {
        if (step.do === 'visit') {
          earlier.push(session)
          session = load({ ...scenario.page, url: new URL(step.url, session.facts.url).href })
          continue
        }
        const action = actionOf(step, scenario.page)
        if (typeof action === 'string') problems.push(action)
        else if (action !== undefined) session = perform(session, action)
      }
      return observed([...earlier, session], problems, seen)
    },
  }
}

function observed(
  sessions: readonly Session[],
  problems: readonly string[],
  seen: (hit: Hit) => SeenHit,
): Observation {
  const decisions = sessions.flatMap((session) => session.decisions)
  const hits: Hit[] = []
  for (const { effects } of sessions)
    for (const effect of effects) if (effect.kind === 'hit') hits.push(effect.hit)
  const pushes = (): readonly unknown[] => sessions.flatMap((session) => session.pushes)
  return {
    hits: hits.map(seen),
    decisions,
    timeline: () => [
      ...pushes().map((push) => ({ kind: 'push', text: oneLine(push) }) as const),
      ...decisions.flatMap(momentsOf),
      ...hits.map(({ event, target }) => ({ kind: 'hit', text: `${event} to ${target}` }) as const),
    ],
    // Without a network nothing is on its way: what was to be sent has been.
    marker: true,
    problems,
    dataLayer: () => jsonOf(pushes(), 2),
  }
}

function factsOf(page: ScenarioPage): Facts {
  return {
    url: page.url,
    cookies: page.cookies,
    ...(page.referrer === undefined ? {} : { referrer: page.referrer }),
    ...(page.elements === undefined
      ? {}
      : {
          elements: page.elements,
          size: { page: { width: WINDOW.width, height: page.height ?? PAGE_HEIGHT }, window: WINDOW },
        }),
  }
}

export function messageOf(pushed: Pushed): unknown {
  return 'message' in pushed ? pushed.message : argumentsOf(pushed.gtag)
}

/** What `gtag(…)` pushes: the arguments object of its call. */
function argumentsOf(values: readonly unknown[]): unknown {
  const call = function (): unknown {
    // eslint-disable-next-line prefer-rest-params
    return arguments
  }
  return Reflect.apply(call, undefined, [...values])
}

/** The action of a step; a text says why level logic cannot do it, undefined that nothing comes of it. */
function actionOf(step: Exclude<Step, { do: 'visit' }>, page: ScenarioPage): Action | string | undefined {
  switch (step.do) {
    case 'push':
      return { do: 'push', message: messageOf(step.pushed) }
    case 'click': {
      const element = elementAt(page, step.selector)
      return typeof element === 'string' ? element : { do: 'click', element }
    }
    case 'submit': {
      const form = elementAt(page, step.selector)
      return typeof form === 'string' ? form : { do: 'submit', form }
    }
    case 'show': {
      const element = elementAt(page, step.selector)
      return typeof element === 'string' ? element : { do: 'show', element, percent: step.percent }
    }
    case 'type':
      return undefined
    default:
      return step
  }
}

function elementAt(page: ScenarioPage, selector: string): Element | string {
  const found = page.elements?.find((element) => matchesSelector(element, selector) === true)
  return found ?? `level logic has no page on which ${selector} stands; run it with --level emulated`
}
