/** Names that two plans give in one container, each for a thing of its own. */
import { placeText } from '../check/across-plans.ts'
import { compile } from '../compile/compile.ts'
import { containerFile } from '../compile/export.ts'
import type { Templates } from '../compile/templates.ts'
import { namesFoughtOver } from '../diff/rivals.ts'
import { containerOf, type SentContainer } from '../live/container.ts'
import { ownerFrom } from '../live/live.ts'
import { buildPlan } from '../plan/build.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import type { Plan } from '../plan/plan.ts'
import { resolveVariables, type ProcessEnvironment } from '../plan/variables.ts'
import { fromExportCasing } from '../resources/export-casing.ts'
import { resourceId } from '../resources/key.ts'
import type { Resource } from '../resources/resource.ts'
import { allTemplates } from './templates.ts'

/** @param pairs of sound plans that have a container in common. */
export async function nameProblems(
  pairs: readonly (readonly [ParsedPlan, ParsedPlan])[],
  env: ProcessEnvironment,
): Promise<readonly Diagnostic[]> {
  const templates = await allTemplates(undefined)
  const compiled = new Map<ParsedPlan, readonly Compiled[]>()
  const compiledOf = (parsed: ParsedPlan): readonly Compiled[] => {
    const known = compiled.get(parsed) ?? compileAll(parsed, templates, env)
    compiled.set(parsed, known)
    return known
  }
  const found = pairs.flatMap(([first, second]) =>
    compiledOf(second).flatMap((ours) => {
      const container = ours.plan.environment.gtm.container
      const theirs = compiledOf(first).find(({ plan }) => plan.environment.gtm.container === container)
      return theirs === undefined ? [] : between(theirs, first, ours, second)
    }),
  )
  // Environments of one plan give mostly the same names.
  return [...new Map(found.map((one) => [JSON.stringify([one.message, one.location]), one])).values()]
}

interface Compiled {
  readonly plan: Plan
  readonly resources: readonly Resource[]
}

/** The plan for each of its environments. */
function compileAll(
  { document, file }: ParsedPlan,
  templates: Templates,
  env: ProcessEnvironment,
): readonly Compiled[] {
  const { environments } = document as PlanDocument
  return Object.keys(environments).map((id) => {
    const resolved = resolveVariables(document as PlanDocument, id, env)
    const plan = buildPlan(resolved.document as PlanDocument, id, file)
    return { plan, resources: compile(plan, templates).resources }
  })
}

function between(
  theirs: Compiled,
  theirPlan: ParsedPlan,
  ours: Compiled,
  ourPlan: ParsedPlan,
): readonly Diagnostic[] {
  const origins = new Map(theirs.resources.map((resource) => [resourceId(resource), resource.origin]))
  const { containerVersion } = containerFile(theirs.plan, theirs.resources, new Date(0))
  const sent = fromExportCasing(containerVersion) as SentContainer
  const content = containerOf(sent, ownerFrom(ours.plan))
  return namesFoughtOver(ours.resources, ours.plan.id, content, ({ kind, mark }) => {
    const origin = origins.get(resourceId({ kind, key: mark?.key ?? '' }))
    const place = origin === undefined ? undefined : theirPlan.locate(origin)
    return place === undefined ? theirPlan.file : placeText(place)
  }).map((one) => {
    const location = one.at === undefined ? undefined : ourPlan.locate(one.at, one.about)
    return location === undefined ? one : { ...one, location }
  })
}
