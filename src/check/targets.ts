import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Target } from '../plan/plan-types.ts'
import type { PlanPlaces } from './places.ts'

export interface PlacedTarget {
  readonly at: Pointer
  readonly target: Target
  /** The conversion or stage that has it. */
  readonly owner: string
}

/** Every target of a plan, of conversions, of stages and of markets. */
export function targetsOf(places: Pick<PlanPlaces, 'stages' | 'conversions' | 'markets'>): PlacedTarget[] {
  const ofStages = places.stages.map(({ id, at, stage }) => ({
    owner: id,
    at: `${at}/target`,
    target: stage.target,
  }))
  const ofConversions = places.conversions.map(({ id, at, data }) => ({
    owner: id,
    at: `${at}/target`,
    target: data.target,
  }))
  const ofParts = places.conversions.flatMap(({ id, at, data }) =>
    (data.targets ?? []).map((target, index) => ({
      owner: id,
      at: at + pointerOf('targets', index),
      target,
    })),
  )
  const ofMarkets = places.markets.flatMap(({ at, market }) =>
    Object.entries(market.targets ?? {}).map(([owner, target]) => ({
      owner,
      at: at + pointerOf('targets', owner),
      target,
    })),
  )
  return [...ofStages, ...ofConversions, ...ofParts, ...ofMarkets].flatMap(({ owner, at, target }) =>
    target === undefined ? [] : [{ owner, at, target }],
  )
}
