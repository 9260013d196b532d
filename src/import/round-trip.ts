/** The proof of an import: the plan's text is read again, compiled, and compared with the container by meaning. */
import { checkPlan } from '../check/check.ts'
import type { Templates } from '../compile/templates.ts'
import { hitKey, hitsOf, priorityOf, type World } from '../lift/meaning.ts'
import type { ContainerVersion } from '../lift/parse-export.ts'
import { readContainer, type ReadContainer } from '../lift/read-container.ts'
import { worldOf, worldWith } from '../lift/worlds.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import type { Resource, TagSpec } from '../resources/resource.ts'
import { actKey, actsOf, inSequence, isOfVendor } from './acts.ts'
import { asParsed } from './as-parsed.ts'
import { compiledOf } from './compiled.ts'
import type { Lifted } from './lift-container.ts'

export interface RoundTrip {
  /** Names of lifted tags that come back as they were. */
  readonly faithful: readonly string[]
  /** Lifted tags that do not, with what the plan does not send as they do. */
  readonly unfaithful: readonly { readonly tag: string; readonly missing: number; readonly odd: number }[]
  /** Names of lifted tags of vendors that the plan's do the same as. */
  readonly faithfulVendors: readonly string[]
  /** What keeps the plan from being used. */
  readonly errors: readonly Diagnostic[]
}

/**
 * Everything that the lifted tags send, against everything that the plan's tags would.
 * @param document the plan as it was read from its own text
 */
export function roundTrip(
  version: ContainerVersion,
  document: unknown,
  { liftedAt, vendorsLifted }: Pick<Lifted, 'liftedAt' | 'vendorsLifted'>,
  { templates, today }: { readonly templates: Templates; readonly today: string },
): RoundTrip {
  const checked = checkPlan(asParsed(document), { today })
  const errors = checked.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return { faithful: [], unfaithful: [], faithfulVendors: [], errors }
  const container = readContainer(version)
  const world = worldOf(container)
  const { resources } = compiledOf(document as PlanDocument, templates)
  const made = worldWith(resources, world)
  const planned = new Set(
    resources.flatMap((resource) =>
      resource.kind === 'gtm/tag' && resource.spec.type === 'gaawe' ? keysOf(resource.spec, made) : [],
    ),
  )
  const results = container.tags
    .filter((_, index) => liftedAt.has(index))
    .map(({ name, spec }) => {
      const wanted = [...new Set(keysOf(spec, world))]
      return { tag: name, wanted, missing: wanted.filter((key) => !planned.has(key)).length }
    })
  // What the plan sends and no lifted tag did is nobody's: it counts against all of them.
  const all = new Set(results.flatMap(({ wanted }) => wanted))
  const odd = [...planned].filter((key) => !all.has(key)).length
  const ofVendors = vendorsAsTheyWere(container, vendorsLifted, resources, { world, made })
  return {
    faithfulVendors: ofVendors.faithful,
    faithful: odd > 0 ? [] : results.filter(({ missing }) => missing === 0).map(({ tag }) => tag),
    unfaithful: [
      ...results
        .filter(({ missing }) => missing > 0 || odd > 0)
        .map(({ tag, missing }) => ({ tag, missing, odd })),
      ...ofVendors.unfaithful,
    ],
    errors,
  }
}

/** What a tag sends, and how early; a priority that the page decides on is no plan's. */
function keysOf(tag: TagSpec, world: World): readonly string[] {
  return hitsOf(tag, world).map((hit) => `${hitKey(hit)} ${priorityOf(tag) ?? 0}`)
}

/** Each thing that a lifted tag does has to be done by the plan just as often, and nothing else. */
function vendorsAsTheyWere(
  { tags }: ReadContainer,
  lifted: readonly string[],
  resources: readonly Resource[],
  { world, made }: { readonly world: World; readonly made: World },
): Pick<RoundTrip, 'faithful' | 'unfaithful'> {
  const names = new Set(lifted)
  const sequenced = inSequence(tags)
  const results = tags
    .filter(({ name, spec }) => names.has(name) && isOfVendor(spec))
    .map(({ name, spec }) => ({ tag: name, wanted: actsOf(spec, world, sequenced.has(name)).map(actKey) }))
  const left = new Map<string, number>()
  for (const resource of resources)
    if (resource.kind === 'gtm/tag' && isOfVendor(resource.spec))
      for (const key of actsOf(resource.spec, made).map(actKey)) left.set(key, (left.get(key) ?? 0) + 1)
  const missing = results.map(({ wanted }) => {
    let count = 0
    for (const key of wanted) {
      const many = left.get(key) ?? 0
      if (many === 0) count++
      else left.set(key, many - 1)
    }
    return count
  })
  const odd = [...left.values()].reduce((sum, many) => sum + many, 0)
  const all = results.map(({ tag }, index) => ({ tag, missing: missing[index] ?? 0, odd }))
  const isFaithful = (each: { readonly missing: number }): boolean => each.missing === 0 && odd === 0
  return {
    faithful: all.filter(isFaithful).map(({ tag }) => tag),
    unfaithful: all.filter((each) => !isFaithful(each)),
  }
}
