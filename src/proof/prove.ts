/** Scenarios in, report out. Who runs a scenario is given: level logic, or a browser. */
import { createHash } from 'node:crypto'
import { conversionIn, GOOGLE_TAG, keyOf, partsOf } from '../resources/key.ts'
import { optional } from '../plan/optional-field.ts'
import { conversionsOf, type Plan } from '../plan/plan.ts'
import type { Resource } from '../resources/resource.ts'
import type { Source } from '../sources/source.ts'
import { arrange, type Container, type ContainerVersion } from '../runtime/core/container.ts'
import { judge, notTried, type Judged, type Observation, type TaggedConversion, type Trial } from './judge.ts'
import { summaryOf, worst, type Difference, type Level, type ProofReport, type Result } from './report.ts'
import { hasGoogleTag } from './google-tag.ts'
import type { Scenario } from './scenario.ts'

export interface Proof {
  readonly trial: Trial
  readonly scenarios: readonly Scenario[]
  /** Ids of conversions whose triggers are explained also where they passed. */
  readonly explain: ReadonlySet<string>
  /** @param isFine whether what was seen passes, and nobody asked for more: then no picture of the page is needed */
  readonly observe: (
    scenario: Scenario,
    isFine: (seen: Observation) => boolean,
  ) => Observation | Promise<Observation>
  /** Told before each scenario. */
  readonly progress?: (scenario: Scenario, index: number) => void
  /** How many run at a time. */
  readonly lanes?: number
  /** Once it is aborted, the rest is not tried. */
  readonly signal?: AbortSignal
}

/** Google's runtime listens to a player that plays, and hears nothing of a film that is only said to. */
export function atLevel(scenario: Scenario, level: Level): Scenario {
  const isFilm = level === 'preview' && scenario.steps.some((step) => step.do === 'video')
  return isFilm
    ? { ...scenario, impossible: 'YouTube’s player is on the network; at this level no video plays' }
    : scenario
}

/** Runs every scenario; one that cannot be run costs none of the others. Results are in the order of the scenarios. */
export async function prove(proof: Proof): Promise<readonly Judged[]> {
  const results: Judged[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next++; index < proof.scenarios.length; index = next++) {
      const scenario = proof.scenarios[index] as Scenario
      proof.progress?.(scenario, index)
      const result = tried(proof, scenario)
      results[index] = result instanceof Promise ? await result : result
    }
  }
  await Promise.all(Array.from({ length: proof.lanes ?? 1 }, lane))
  return results
}

function tried(proof: Proof, scenario: Scenario): Judged | Promise<Judged> {
  if (scenario.impossible !== undefined) return notTried(scenario, scenario.impossible)
  if (proof.signal?.aborted === true) return notTried(scenario, 'the run was stopped before it')
  const isExplained = scenario.conversions.some((id) => proof.explain.has(id))
  const judged = (seen: Observation): Judged => judge(proof.trial, scenario, seen, isExplained)
  const isFine = (seen: Observation): boolean => !isExplained && judged(seen).outcome === 'proven'
  const observed = proof.observe(scenario, isFine)
  return observed instanceof Promise ? observed.then(judged) : judged(observed)
}

/** @param version the container to run, in the API's casing: what the plan compiles to, alone or among a foreign one */
export function trialOf(plan: Plan, resources: readonly Resource[], version: ContainerVersion): Trial {
  const keyEvents = conversionsOf(plan).flatMap(({ event, keyEvent }) => (keyEvent && event ? [event] : []))
  const container = arrange(version, { keyEvents })
  const { ga4, transportUrl } = plan.environment
  return {
    container,
    conversions: taggedConversions(plan, resources, container),
    ...optional('measurementId', ga4.measurementId),
    ...(transportUrl === undefined ? {} : { serverContainer: transportUrl }),
  }
}

/** What a tag of the plan collects, each with its tag in the container: the conversions, and page views that wait for consent. */
function taggedConversions(
  plan: Plan,
  resources: readonly Resource[],
  container: Container,
): readonly TaggedConversion[] {
  const names = new Map(resources.map(({ key, name }) => [key, name]))
  const vendors = vendorsIn(resources, container)
  const withTag = (id: string): Pick<TaggedConversion, 'id' | 'tag'> => {
    const tag = container.tagsByName.get(names.get(keyOf({ plan: plan.id, id, facet: 'tag' })) ?? '')?.tagId
    return { id, ...(tag === undefined ? {} : { tag }) }
  }
  return [
    ...conversionsOf(plan)
      .filter(({ trigger }) => trigger !== undefined)
      .map(({ id, title, event, measurementIdFrom }) => ({
        ...withTag(id),
        ...optional('vendors', vendors.get(id)),
        title,
        event: event ?? id,
        ...sendsTo(measurementIdFrom ?? plan.measurementIdFrom),
      })),
    ...(hasGoogleTag(plan)
      ? [{ ...withTag(GOOGLE_TAG), title: 'Google tag', event: 'page_view', isAutomatic: true } as const]
      : []),
  ]
}

/** By conversion, tags that tell vendors of it: `shop/purchase.meta#tag`. */
function vendorsIn(
  resources: readonly Resource[],
  container: Container,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>()
  for (const { kind, key, name } of resources) {
    if (kind !== 'gtm/tag') continue
    const { id: whole, facet } = partsOf(key)
    const id = conversionIn(key)
    const tag = container.tagsByName.get(name)?.tagId
    if (facet !== 'tag' || whole === id || tag === undefined) continue
    const vendors = found.get(id) ?? new Map<string, string>()
    found.set(id, vendors.set(tag, whole.slice(id.length + 1)))
  }
  return found
}

function sendsTo(from: Source | undefined): Pick<TaggedConversion, 'sendsTo'> {
  if (from === undefined) return {}
  return { sendsTo: from.kind === 'literal' ? String(from.value) : null }
}

/** A short name of what the plan compiled to: the same plan gives the same. */
export function hashOfResources(resources: readonly Resource[]): string {
  return createHash('sha256').update(JSON.stringify(resources)).digest('hex').slice(0, 12)
}

export interface ReportHead {
  readonly level: Level
  readonly runtime: string
  readonly browser?: string
  readonly pages: string
  readonly plan: ProofReport['plan']
  readonly around?: string
  readonly differences?: readonly Difference[]
  readonly notes: readonly string[]
  readonly mistakes: ProofReport['mistakes']
}

export function reportOf(
  head: ReportHead,
  trial: Trial,
  scenarios: readonly Scenario[],
  results: readonly Judged[],
): ProofReport {
  const resultsOf = new Map<string, Result[]>(trial.conversions.map(({ id }) => [id, []]))
  const ranFor = new Map<string, Set<string>>(trial.conversions.map(({ id }) => [id, new Set()]))
  for (const [index, { parts, ran = [], failed: _, ...whole }] of results.entries())
    for (const id of new Set(scenarios[index]?.conversions)) {
      resultsOf.get(id)?.push(parts?.get(id) ?? whole)
      for (const tag of ran) ranFor.get(id)?.add(tag)
    }
  const conversions = trial.conversions.map(({ id, title, event, vendors = new Map<string, string>() }) => {
    const own = withLint(resultsOf.get(id) ?? [])
    const destinations = own.flatMap(({ saw }) =>
      saw.filter((hit) => hit.event === event).map(({ target }) => target),
    )
    const ran = [...vendors].filter(([tag]) => ranFor.get(id)?.has(tag)).map(([, vendor]) => vendor)
    return {
      id,
      title,
      event,
      destinations: [...new Set(destinations)].sort(),
      ...(ran.length === 0 ? {} : { vendors: [...new Set(ran)].sort() }),
      outcome: own.length === 0 ? 'not-tried' : worst(own.map(({ outcome }) => outcome)),
      results: own,
    } as const
  })
  return {
    formatVersion: 1,
    ...head,
    outcome: worst(conversions.map(({ outcome }) => outcome)),
    summary: summaryOf(conversions),
    conversions,
  }
}

/** Where a conversion does not even fire when its words say so, that is the reason, and no trap. */
function withLint(results: readonly Result[]): readonly Result[] {
  const isBroken = results.some(
    ({ lint, outcome, expected, origin }) =>
      !lint && origin === 'derived' && outcome === 'refuted' && expected.length > 0,
  )
  return isBroken ? results.map(({ lint, ...rest }) => (void lint, rest)) : results
}
