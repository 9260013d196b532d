/** What a change of the plan does at Google, for every environment; said once where it is the same. */
import { isSetting } from '../kinds/kinds.ts'
import type { Plan } from '../plan/plan.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Resource } from '../resources/resource.ts'
import { consequencesOf } from './consequences.ts'
import { danger, dangersOf } from './dangers.ts'
import { leavingChanges } from './leaving.ts'
import { limitsOf } from './limits.ts'
import { resourceChanges } from './resource-changes.ts'
import type { Consequence, Effect } from './review.ts'

/** The Plan of each environment, and what it compiles to. */
export type Compiled = ReadonlyMap<string, Built>

export interface Built {
  readonly plan: Plan
  readonly resources: readonly Resource[]
}

/** The effects on environments that the new plan has, then a word on those that it no longer names. */
export function effectsOf(before: Compiled | undefined, after: Compiled): Effect[] {
  const effects = [...after].map(([id, { plan, resources }]) => effectOn(id, plan, resources, before))
  const gone = [...(before?.keys() ?? [])].filter((id) => !after.has(id))
  return [...grouped(effects), ...gone.map(leftAlone)].filter(
    ({ changes, consequences }) => changes.length + consequences.length > 0,
  )
}

function effectOn(
  id: string,
  plan: Plan,
  resources: readonly Resource[],
  before: Compiled | undefined,
): Effect {
  const here = before?.get(id)
  // What is of the plan as a whole is told of an environment that is new, too.
  const old = here ?? [...(before?.values() ?? [])][0]
  const samePlan = old?.plan.id === plan.id
  // Settings are the property's, whatever the plan is called.
  const previous = (here?.resources ?? []).filter((resource) => samePlan || isSetting(resource))
  const [was, is] = [here?.plan.environment, plan.environment]
  const newContainer = was !== undefined && was.gtm.container !== is.gtm.container
  const newProperty = was !== undefined && was.ga4.property !== is.ga4.property
  const kept = previous.filter(({ kind }) => (kind.startsWith('gtm/') ? !newContainer : !newProperty))
  const changes = resourceChanges(kept, resources)
  const elsewhere: Consequence[] = [
    ...(old === undefined ? [] : dangersOf(old.plan, plan)),
    ...(samePlan || old === undefined ? [] : [otherPlan(old.plan.id, plan.id)]),
    ...(newContainer ? [moved('container', was.gtm.container, is.gtm.container)] : []),
    ...(newProperty ? [moved('GA4 property', was.ga4.property, is.ga4.property)] : []),
  ]
  return {
    environments: [id],
    changes,
    consequences: [
      ...elsewhere,
      ...leavingChanges(here?.plan, plan),
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
