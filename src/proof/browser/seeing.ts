/** What comes of a scenario while its page is open: hits over the network, messages and decisions through a binding. */
import type { Decision } from '../../runtime/core/step.ts'
import type { Observation } from '../judge.ts'
import type { Moment, SeenHit } from '../report.ts'
import type { Scenario } from '../scenario.ts'
import { jsonOf, momentsOf, oneLine } from '../timeline.ts'

/**
 * How long a page may take to load, a script of Google's on it, a step to be done, a hit to come, in milliseconds; and how
 * many messages it may push.
 */
export const LIMITS = { load: 15_000, script: 10_000, step: 5_000, arrival: 3_000, messages: 2_000 } as const

/** What one scenario has brought so far. */
export interface Seeing {
  readonly scenario: Scenario
  readonly hits: SeenHit[]
  readonly pushes: unknown[]
  readonly decisions: Decision[]
  readonly timeline: Moment[]
  /** Hits that came before the page said what they were sent for: the network may be faster than the binding. */
  readonly early: Moment[]
  readonly problems: Set<string>
  /** Of the pages that hits came from, what tells one load from another (`_p`). */
  readonly loads: Set<string>
  /** How many hits the page says it has sent. */
  sent: number
  marked: boolean
  /** The page asked for `gtm.js`. */
  asksGtm: boolean
  /** The page is on its way to another one, which has not answered yet. */
  leaving: boolean
  /** Messages that nobody read any more. */
  surplus: number
  /** Told when the page floods or does not answer: its browser is of no use to others. */
  hung: () => void
  /** What the page's content security policy said first. */
  policy?: string
  arrived: () => void
}

export function nothingSeen(scenario: Scenario): Seeing {
  return {
    scenario,
    hits: [],
    pushes: [],
    decisions: [],
    timeline: [],
    early: [],
    problems: new Set(),
    loads: new Set(),
    sent: 0,
    marked: false,
    asksGtm: false,
    leaving: false,
    surplus: 0,
    hung: () => undefined,
    arrived: () => undefined,
  }
}

/** As it is now: what comes later is not in it. */
export function observation(seen: Seeing): Observation {
  const timeline = [...seen.timeline, ...seen.early]
  const pushes = [...seen.pushes]
  return {
    hits: [...seen.hits],
    decisions: [...seen.decisions],
    timeline: () => timeline,
    marker: seen.marked,
    problems: [...seen.problems],
    dataLayer: () => jsonOf(pushes, 2),
  }
}

/** Of a message of the page that GTM re-stated could not carry out. */
export function unreadable(problem: string): string {
  return `the page pushed what cannot be read: ${problem}`
}

/** A hit has come over the network. */
export function came(seen: Seeing, hit: SeenHit): void {
  seen.hits.push(hit)
  seen.early.push({ kind: 'hit', text: `${hit.event} to ${hit.target}: ${oneLine(hit.parameters)}` })
  placeEarly(seen)
}

/** As many hits stand in the time line as the page has said it sent, each after what it was sent for. */
function placeEarly(seen: Seeing): void {
  const placed = seen.timeline.filter(({ kind }) => kind === 'hit').length
  seen.timeline.push(...seen.early.splice(0, Math.max(0, seen.sent - placed)))
}

/** What the page's runtime says of one message. */
export function told(seen: Seeing, text: string): void {
  if (seen.pushes.length >= LIMITS.messages) {
    seen.problems.add(`the page pushed more than ${LIMITS.messages} messages; it does not come to rest`)
    if (++seen.surplus > LIMITS.messages) seen.hung()
    return
  }
  const { push, decisions, hits, problem } = JSON.parse(text) as {
    readonly push: unknown
    readonly decisions: readonly Decision[]
    readonly hits: readonly unknown[]
    readonly problem?: string
  }
  if (problem !== undefined) seen.problems.add(unreadable(problem))
  seen.pushes.push(push)
  seen.decisions.push(...decisions)
  seen.sent += hits.length
  seen.timeline.push({ kind: 'push', text: oneLine(push) }, ...decisions.flatMap(momentsOf))
  placeEarly(seen)
}
