/** The report of a proof: the contract that JSON, text, JUnit and HTML are drawn from. */
import type { Reason } from '../runtime/core/value.ts'
import type { Expected } from './scenario.ts'

/** `logic`: our runtime without a browser; `emulated`: our runtime in a browser; `preview`: Google's runtime in a browser. */
export type Level = 'logic' | 'emulated' | 'preview'

/** Best to worst. */
export const OUTCOMES = ['proven', 'not-tried', 'not-proven', 'refuted'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const OUTCOME_WORDS: { readonly [outcome in Outcome]: string } = {
  proven: 'proven',
  refuted: 'refuted',
  'not-proven': 'not proven',
  'not-tried': 'not tried',
}

const PARTLY = 'partly tried'

/** A conversion of which some scenarios were tried and passed is not one that nobody tried. */
export function wordOf({ outcome, results }: Pick<ConversionProof, 'outcome' | 'results'>): string {
  const isPart = outcome === 'not-tried' && results.some((result) => result.outcome === 'proven')
  return isPart ? PARTLY : OUTCOME_WORDS[outcome]
}

/** How many conversions each word stands for, in the order of the outcomes; words that stand for none are left out. */
export function countedByWord(
  conversions: readonly ConversionProof[],
  outcomes: readonly Outcome[],
): readonly { readonly outcome: Outcome; readonly word: string; readonly count: number }[] {
  return outcomes.flatMap((outcome) => {
    const own = conversions.filter((each) => each.outcome === outcome).map(wordOf)
    return [PARTLY, OUTCOME_WORDS[outcome]]
      .map((word) => ({ outcome, word, count: own.filter((each) => each === word).length }))
      .filter(({ count }) => count > 0)
  })
}

/** What two runtimes did otherwise in a scenario. */
export interface Difference {
  readonly scenario: string
  readonly text: string
}

export interface ProofReport {
  readonly formatVersion: 1
  readonly level: Level
  /** Whose runtime ran the container. */
  readonly runtime: string
  /** Name and version; absent at level logic. */
  readonly browser?: string
  /** Which pages it ran on: `generated pages`, a folder, an address. */
  readonly pages: string
  readonly plan: {
    readonly id: string
    readonly title: string
    readonly file: string
    readonly environment: string
    readonly container: string
    readonly measurementId: string
    /** Of what the plan compiled to. */
    readonly hash: string
  }
  /** The foreign container that ran around the plan's entities. */
  readonly around?: string
  readonly outcome: Outcome
  readonly summary: { readonly [outcome in Outcome]: number }
  readonly conversions: readonly ConversionProof[]
  /** Where our runtime and Google's differ, when they were compared. */
  readonly differences?: readonly Difference[]
  /** What a reader has to know: the snippet was put in, a page was blocked. */
  readonly notes: readonly string[]
  /** Scenarios by hand that cannot be read; then the run has not passed. */
  readonly mistakes: readonly WrittenMistake[]
}

/** Line and column count from 1. */
export interface WrittenMistake {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly text: string
}

/** `plans/tests/site.yaml:14:5`, which editors and terminals open. */
export function placeOf({ file, line, column }: WrittenMistake): string {
  return `${file}:${line}:${column}`
}

export interface ConversionProof {
  readonly id: string
  readonly title: string
  readonly event: string
  /** Ids that received its event in at least one scenario. */
  readonly destinations: readonly string[]
  /** Destinations of the plan whose tags ran for it; what their scripts send is not looked at. */
  readonly vendors?: readonly string[]
  readonly outcome: Outcome
  readonly results: readonly Result[]
}

export interface Result {
  readonly scenario: string
  readonly title: string
  readonly origin: 'derived' | 'written'
  readonly expected: readonly Expected[]
  readonly saw: readonly SeenHit[]
  readonly outcome: Outcome
  /** What is wrong, or open, one sentence each. */
  readonly because: readonly string[]
  /** Reasons that rest on what the runtime does not model. */
  readonly notModelled: readonly Reason[]
  /** The lint that says it beforehand. */
  readonly lint?: string
  /** What the triggers of the conversion were asked, nearest first; on failure, or when asked for. */
  readonly why: readonly Why[]
  /** What happened, in order: pushes, triggers, hits. On failure, or when asked for. */
  readonly timeline: readonly Moment[]
  /** A picture of the page, as a data address. */
  readonly screenshot?: string
  /** The page's data layer at the end, as JSON. */
  readonly dataLayer?: string
}

/** In the place of a tag's id: no tag of the container sent it. */
export const OF_THE_PAGE = 'page'

/** A hit as it was seen, or as level logic says it would be. */
export interface SeenHit {
  readonly event: string
  readonly target: string
  /** The address that it was sent to, without the query. */
  readonly to: string
  readonly parameters: { readonly [name: string]: string | number }
  readonly userProperties: { readonly [name: string]: string | number }
  readonly items: readonly { readonly [name: string]: string }[]
  readonly consent?: string
  /** The address of the page it speaks of. */
  readonly page?: string
  readonly keyEvent: boolean
  /** The tag that sent it, or OF_THE_PAGE, where that is known: not at level preview. */
  readonly tag?: string
  /** Parameters whose value rests on what is not modelled. */
  readonly open: { readonly [parameter: string]: Reason }
}

export interface Why {
  readonly event: string
  readonly trigger: string
  readonly verdict: 'yes' | 'no' | 'undecided'
  /** It does not fire the tag: where it holds, the tag is blocked. */
  readonly blocks?: true
  readonly tests: readonly {
    readonly subject: string
    readonly operator: string
    readonly value: string
    readonly left: string
    readonly verdict: 'yes' | 'no' | 'undecided'
  }[]
  /** What became of the tag at this event. */
  readonly tag?: string
}

export interface Moment {
  readonly kind: 'push' | 'trigger' | 'tag' | 'hit'
  readonly text: string
}

export function worst(outcomes: readonly Outcome[]): Outcome {
  const ranks = outcomes.map((outcome) => OUTCOMES.indexOf(outcome))
  return OUTCOMES[Math.max(-1, ...ranks)] ?? 'not-tried'
}

export function summaryOf(conversions: readonly { readonly outcome: Outcome }[]): ProofReport['summary'] {
  const count = (outcome: Outcome): number => conversions.filter((each) => each.outcome === outcome).length
  return {
    proven: count('proven'),
    'not-tried': count('not-tried'),
    'not-proven': count('not-proven'),
    refuted: count('refuted'),
  }
}

/** Whose runtime ours was compared with: a double’s is not called Google’s. */
export function otherRuntime(runtime: string): string {
  return runtime.startsWith('Google') ? 'Google’s' : 'the link’s'
}

/** Whether the run counts as passed: nothing refuted or misspelt; with `strict`, nothing left open either. */
export function passed(report: ProofReport, strict: boolean): boolean {
  if (report.outcome === 'refuted' || report.mistakes.length > 0) return false
  return !strict || report.outcome === 'proven'
}
