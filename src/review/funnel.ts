/** The plan as a picture, with what changed marked; what is gone stays in the picture where it was. */
import type { PlanDocument } from '../plan/plan-types.ts'
import { stagesIn, type ConversionPlace } from '../plan/places.ts'
import type { Pair, PlacedChange } from './conversions.ts'
import type { Funnel, FunnelNode } from './review.ts'

export function funnelOf(
  pairs: readonly Pair<ConversionPlace>[],
  changes: readonly PlacedChange[],
  after: PlanDocument,
): Funnel {
  const changed = new Set(
    changes.filter(({ subject }) => subject === 'goal' || subject === 'micro conversion').map(({ id }) => id),
  )
  const nodes = pairs.flatMap(({ before, after: now }): { place: ConversionPlace; node: FunnelNode }[] => {
    const place = now ?? before
    if (place === undefined) return []
    const mark = markOf(before, now, changed)
    const { id, title, data } = place
    return [{ place, node: { id, title, mark, feeds: data.feeds ?? [] } }]
  })
  const stages = new Map(stagesIn(after).map(({ id, title }) => [id, title]))
  for (const { place } of nodes)
    if (place.stage !== undefined && !stages.has(place.stage.id))
      stages.set(place.stage.id, place.stage.title)
  const inside = (stage: string | undefined): FunnelNode[] =>
    nodes.filter(({ place }) => place.stage?.id === stage).map(({ node }) => node)
  return {
    goals: inside(undefined),
    stages: [...stages].map(([id, title]) => ({ id, title, micros: inside(id) })),
  }
}

function markOf(
  before: ConversionPlace | undefined,
  now: ConversionPlace | undefined,
  changed: ReadonlySet<string>,
): FunnelNode['mark'] {
  if (now === undefined) return 'removed'
  if (before === undefined) return 'added'
  return changed.has(now.id) ? 'changed' : 'unchanged'
}
