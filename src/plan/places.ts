/**
 * The conversions of a document, each with its place, for whoever speaks of what is written: rules, the review, the spreadsheet. No
 * second Plan: what a conversion is taken for stands in `decisions.ts`, and what is compiled in the Plan.
 */
import type { Said, Tier } from './decisions.ts'
import { pointerOf, type Pointer } from './diagnostic.ts'
import type { PlanDocument, Stage } from './plan-types.ts'

export interface ConversionPlace {
  readonly id: string
  readonly tier: Tier
  readonly at: Pointer
  /** Its id where it has none. */
  readonly title: string
  /** Id and title of the stage, of a micro conversion. */
  readonly stage?: { readonly id: string; readonly title: string }
  /** As the file says it. */
  readonly data: Said
}

export interface StagePlace {
  readonly id: string
  readonly at: Pointer
  readonly title: string
  readonly stage: Partial<Stage>
}

/** Goals first, then the micro conversions stage by stage. */
export function conversionsIn(plan: PlanDocument): ConversionPlace[] {
  return [...goalsIn(plan), ...stagesIn(plan).flatMap(microsIn)]
}

export function goalsIn(plan: PlanDocument): ConversionPlace[] {
  return entriesOf(plan.goals).map(([id, data]) => ({
    id,
    tier: 'goal',
    at: pointerOf('goals', id),
    title: titleOf(id, data),
    data,
  }))
}

export function stagesIn(plan: PlanDocument): StagePlace[] {
  return entriesOf(plan.stages).map(([id, stage]) => ({
    id,
    at: pointerOf('stages', id),
    title: titleOf(id, stage),
    stage,
  }))
}

export function microsIn({ id: stageId, at, title, stage }: StagePlace): ConversionPlace[] {
  return entriesOf(stage.micro).map(([id, data]) => ({
    id,
    tier: 'micro',
    at: at + pointerOf('micro', id),
    title: titleOf(id, data),
    stage: { id: stageId, title },
    data,
  }))
}

/** The ids of the environments of a document, which may hold anything there. */
export function environmentIdsIn(document: unknown): readonly string[] {
  const { environments } = (document ?? {}) as { readonly environments?: unknown }
  return typeof environments === 'object' && environments !== null ? Object.keys(environments) : []
}

/** The entries of a map that may be missing. */
export function entriesOf<T>(map: { readonly [key: string]: T } | undefined): [string, T][] {
  return Object.entries(map ?? {}).filter(([, value]) => value !== undefined)
}

/** A file that is not checked yet may hold anything there. */
function titleOf(id: string, { title }: { readonly title?: unknown }): string {
  return typeof title === 'string' ? title : id
}
