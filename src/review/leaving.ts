/** What leaves the site from now on, and what no longer does. */
import { leavingSite, type Leaving } from '../compile/leaving.ts'
import { buildPlan } from '../plan/build.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import type { Consequence } from './review.ts'

/** Of one environment; a revision without it has nothing that leaves. */
export function leavingChanges(
  before: PlanDocument | undefined,
  after: PlanDocument,
  environment: string,
): readonly Consequence[] {
  const [was, is] = [sentences(before, environment), sentences(after, environment)]
  const only = (some: readonly Leaving[], others: readonly Leaving[]): readonly Leaving[] =>
    some.filter(({ text }) => !others.some((other) => other.text === text))
  return [
    ...only(is, was).map(({ text, personal }) => ({
      irreversible: false,
      dangerous: personal,
      text: `Leaves the site from now on: ${text}`,
    })),
    ...only(was, is).map(({ text }) => ({
      irreversible: false,
      dangerous: false,
      text: `No longer leaves the site: ${text}`,
    })),
  ]
}

function sentences(document: PlanDocument | undefined, environment: string): readonly Leaving[] {
  if (document?.environments?.[environment] === undefined) return []
  return leavingSite(buildPlan(document, environment, ''))
}
