/** What a change of the plan does at Google, for every environment; said once where it is the same. */
import type { PlanDocument } from '../plan/plan-types.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Resource } from '../resources/resource.ts'
import { consequencesOf } from './consequences.ts'
import { conversionPairs } from './conversions.ts'
import { danger, dangersOf } from './dangers.ts'
import { leavingChanges } from './leaving.ts'
import { limitsOf } from './limits.ts'
import { resourceChanges } from './resource-changes.ts'
import type { Consequence, Effect } from './review.ts'

/** What the plan compiles to, by environment. */
export type Compiled = ReadonlyMap<string, readonly Resource[]>

export interface EffectSide {
  readonly document: PlanDocument
  readonly compiled: Compiled
}

/** The effects on environments that the new plan has, then a word on those that it no longer names. */
export function effectsOf(before: EffectSide | undefined, after: EffectSide): Effect[] {
  const effects = [...after.compiled].map(([id, resources]) => effectOn(id, resources, before, after))
  const gone = [...(before?.compiled.keys() ?? [])].filter((id) => !after.compiled.has(id))
  return [...grouped(effects), ...gone.map(leftAlone)].filter(
    ({ changes, consequences }) => changes.length + consequences.length > 0,
  )
}

function effectOn(
  id: string,
  resources: readonly Resource[],
  before: EffectSide | undefined,
  after: EffectSide,
): Effect {
  const samePlan = before?.document.plan === after.document.plan
  const previous = samePlan ? (before?.compiled.get(id) ?? []) : []
  const [was, is] = [before?.document.environments?.[id], after.document.environments?.[id]]
  const newContainer = was !== undefined && was.gtm?.container !== is?.gtm?.container
  const newProperty = was !== undefined && was.ga4?.property !== is?.ga4?.property
  const kept = previous.filter(({ kind }) => (kind.startsWith('gtm/') ? !newContainer : !newProperty))
  const changes = resourceChanges(kept, resources)
  const elsewhere: Consequence[] = [
    ...(before === undefined
      ? []
      : dangersOf(before.document, after.document, id, conversionPairs(before.document, after.document))),
    ...(samePlan || before === undefined ? [] : [otherPlan(before.document.plan, after.document.plan)]),
    ...(newContainer ? [moved('container', was.gtm?.container ?? '', is?.gtm?.container ?? '')] : []),
    ...(newProperty ? [moved('GA4 property', was.ga4?.property ?? '', is?.ga4?.property ?? '')] : []),
  ]
  return {
    environments: [id],
    changes,
    consequences: [
      ...elsewhere,
      ...leavingChanges(before?.document, after.document, id),
      ...consequencesOf(changes, kept, resources),
    ],
    limits: limitsOf(kept, resources),
  }
}

/** Nothing is deleted on a plan's silence: what the old one made stays where it is. */
function moved(what: string, from: string, to: string): Consequence {
  return danger(
    `From the ${what} ${from} to ${to}: there everything is made anew, and what was made in ${from} stays and is no longer managed.`,
  )
}

function otherPlan(from: string, to: string): Consequence {
  return danger(
    `The plan's id changes from ${from} to ${to}: everything is made anew, and what ${from} made stays and is no longer managed.`,
  )
}

function leftAlone(id: string): Effect {
  const text = `The plan no longer names ${id}: what was made there stays and is no longer managed.`
  return { environments: [id], changes: [], consequences: [danger(text)], limits: [] }
}

function grouped(effects: readonly Effect[]): Effect[] {
  const groups = new Map<string, Effect>()
  for (const effect of effects) {
    const { environments, ...rest } = effect
    const same = canonicalJson(rest)
    const group = groups.get(same)
    groups.set(same, { ...rest, environments: [...(group?.environments ?? []), ...environments] })
  }
  return [...groups.values()]
}
