/** Names that two plans give in one container, each for a thing of its own. */
import { compile } from '../compile/compile.ts'
import { containerFile } from '../compile/export.ts'
import { namesFoughtOver } from '../diff/rivals.ts'
import { containerOf, type SentContainer } from '../live/container.ts'
import { ownerFrom } from '../live/live.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import type { Plan } from '../plan/plan.ts'
import type { ProcessEnvironment } from '../plan/variables.ts'
import { fromExportCasing } from '../resources/export-casing.ts'
import { resourceId } from '../resources/key.ts'
import type { Resource } from '../resources/resource.ts'
import { located, ofEachEnvironment, placeIn, saidOnce } from './plan-environments.ts'
import { allTemplates } from './templates.ts'

/** @param pairs of sound plans that have a container in common. */
export async function nameProblems(
  pairs: readonly (readonly [ParsedPlan, ParsedPlan])[],
  env: ProcessEnvironment,
): Promise<readonly Diagnostic[]> {
  const templates = await allTemplates(undefined)
  const compiledOf = ofEachEnvironment(env, (plan): Compiled => ({
    plan,
    resources: compile(plan, templates).resources,
  }))
  return saidOnce(
    pairs.flatMap(([first, second]) =>
      compiledOf(second).flatMap((ours) => {
        const container = ours.plan.environment.gtm.container
        const theirs = compiledOf(first).find(({ plan }) => plan.environment.gtm.container === container)
        return theirs === undefined ? [] : between(theirs, first, ours, second)
      }),
    ),
  )
}

interface Compiled {
  readonly plan: Plan
  readonly resources: readonly Resource[]
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
  return namesFoughtOver(ours.resources, ours.plan.id, content, ({ kind, mark }) =>
    placeIn(theirPlan, origins.get(resourceId({ kind, key: mark?.key ?? '' }))),
  ).map((one) => located(one, ourPlan))
}
