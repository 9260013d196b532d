/** Two revisions of plans in, what a reviewer has to know out. */
import type { Diagnostic, Location, Pointer } from '../plan/diagnostic.ts'
import { pointerOf } from '../plan/diagnostic.ts'
import { stepsOf } from '../plan/tree.ts'
import type { ConversionPlace } from '../plan/places.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import {
  conversionChanges,
  conversionPairs,
  newParameterNames,
  stageChanges,
  stagePairs,
  type Pair,
  type PlacedChange,
} from './conversions.ts'
import { effectsOf, type Compiled } from './effects.ts'
import { newFindings } from './findings.ts'
import { funnelOf } from './funnel.ts'
import type { PlanChange, PlanReview, Review } from './review.ts'
import {
  audienceChanges,
  marketChanges,
  entityChanges,
  environmentChanges,
  parameterChanges,
  settingChanges,
  wholePlan,
} from './settings.ts'
import type { Side } from './side.ts'
import { summaryOf, verdictOf } from './verdict.ts'

/** A plan before and after; one of the two may not exist. */
export interface Compared {
  readonly before?: Side
  readonly after?: Side
}

/** @param base the revision that is compared with, as the user named it. */
export function reviewPlans(compared: readonly Compared[], base: string): Review {
  const reviews = compared.map((pair) => reviewPlan(pair, base)).sort((a, b) => (a.file < b.file ? -1 : 1))
  const summary = summaryOf(reviews)
  return {
    formatVersion: 1,
    base,
    verdict: verdictOf(reviews, summary),
    summary,
    plans: reviews.filter(
      ({ status, errors, findings }) => status !== 'unchanged' || errors + findings.length > 0,
    ),
  }
}

function reviewPlan({ before, after }: Compared, base: string): PlanReview {
  const [old, now] = [before?.document, after?.document]
  const comparable = (before === undefined || old !== undefined) && (after === undefined || now !== undefined)
  const pairs = comparable ? conversionPairs(old ?? NOTHING, now ?? NOTHING) : []
  const placed = comparable ? changesOf(pairs, old, now) : []
  const effects = after?.compiled === undefined ? [] : effectsAfter(before, after.compiled)
  const findings =
    after === undefined
      ? []
      : newFindings(before?.diagnostics ?? [], after.diagnostics, asNow(pairs, old, now), (one) =>
          locationOf(one, after),
        )
  const document = now ?? old
  const moved = before !== undefined && after !== undefined && before.file !== after.file
  return {
    file: (after ?? before)?.file ?? '',
    ...(moved ? { previousFile: before.file } : {}),
    plan: document?.plan ?? '',
    title: document?.title ?? document?.plan ?? '',
    status: statusOf(before, after, placed.length + effects.length > 0 || moved),
    notes: notesOf(before, after, base),
    changes: placed.map((change) => located(change, before, after)),
    effects,
    effectsKnown:
      (before === undefined || before.compiled !== undefined) &&
      (after === undefined || after.compiled !== undefined),
    findings,
    errors: after?.diagnostics.filter(({ severity }) => severity === 'error').length ?? 0,
    funnel: funnelOf(pairs, placed, now ?? old ?? NOTHING),
  }
}

const NOTHING = { version: 1, plan: '', title: '', environments: {}, goals: {}, stages: {} } as const

function changesOf(
  pairs: readonly Pair<ConversionPlace>[],
  old: PlanDocument | undefined,
  now: PlanDocument | undefined,
): PlacedChange[] {
  if (old === undefined) return now === undefined ? [] : [wholePlan(now, 'added')]
  if (now === undefined) return [wholePlan(old, 'removed')]
  return [
    ...conversionChanges(pairs, old, now),
    ...stageChanges(old, now),
    ...parameterChanges(old, now),
    ...audienceChanges(old, now),
    ...marketChanges(old, now),
    ...entityChanges(old, now),
    ...settingChanges(old, now),
    ...environmentChanges(old, now),
  ]
}

function effectsAfter(before: Side | undefined, after: Compiled): PlanReview['effects'] {
  if (before === undefined) return effectsOf(undefined, after)
  // Against a base that does not compile nothing can be said about what is at Google; the notes say so.
  return before.compiled === undefined ? [] : effectsOf(before.compiled, after)
}

function statusOf(before: Side | undefined, after: Side | undefined, differs: boolean): PlanReview['status'] {
  if (before === undefined) return 'added'
  if (after === undefined) return 'removed'
  return differs ? 'changed' : 'unchanged'
}

function notesOf(before: Side | undefined, after: Side | undefined, base: string): string[] {
  return [
    ...(after === undefined
      ? ['The plan is gone: what it made at Google stays there and is no longer managed.']
      : after.compiled === undefined
        ? ['The plan has errors: what it would do at Google is shown once they are put right.']
        : []),
    ...(before !== undefined && before.compiled === undefined
      ? [
          `At ${base} the plan had errors itself, so that only its words are compared, as far as they can be read.`,
        ]
      : []),
  ]
}

function located(
  { at, ...change }: PlacedChange,
  before: Side | undefined,
  after: Side | undefined,
): PlanChange {
  const side = change.action === 'removed' ? before : after
  // A change of the plan as a whole has no line of its own.
  const location = at === '' ? undefined : side?.parsed.locate(at, 'key')
  return location === undefined ? change : { ...change, location }
}

function locationOf(diagnostic: Diagnostic, side: Side): Location | undefined {
  if (diagnostic.location !== undefined) return diagnostic.location
  return diagnostic.at === undefined ? undefined : side.parsed.locate(diagnostic.at, diagnostic.about)
}

/** Where a place of the old plan is in the new one, after renames and moves. */
function asNow(
  pairs: readonly Pair<ConversionPlace>[],
  old: PlanDocument | undefined,
  now: PlanDocument | undefined,
): (pointer: Pointer) => Pointer {
  const moves: (readonly [Pointer, Pointer])[] = pairs.flatMap(({ before, after }) =>
    before === undefined || after === undefined || before.at === after.at
      ? []
      : [[before.at, after.at] as const],
  )
  const stages = old === undefined || now === undefined ? [] : stagePairs(old, now)
  for (const { before, after } of stages) {
    if (before !== undefined && after !== undefined && before.id !== after.id)
      moves.push([pointerOf('stages', before.id), pointerOf('stages', after.id)])
  }
  const names = now === undefined ? new Map<string, string>() : newParameterNames(now)
  return (pointer) => {
    const steps = stepsOf(pointer).map((step, index, all) =>
      all[index - 1] === 'parameters' ? (names.get(step) ?? step) : step,
    )
    for (const [from, to] of moves) {
      const length = stepsOf(from).length
      if (pointerOf(...steps.slice(0, length)) === from) return to + pointerOf(...steps.slice(length))
    }
    return pointerOf(...steps)
  }
}
