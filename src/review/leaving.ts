/** What leaves the site from now on, and what no longer does. */
import { leavingSite, toldToGa4, type Leaving } from '../compile/leaving.ts'
import type { Plan } from '../plan/plan.ts'
import type { Consequence } from './review.ts'

/** Of one environment; a revision without it has nothing that leaves. */
export function leavingChanges(before: Plan | undefined, after: Plan): readonly Consequence[] {
  const all = (plan: Plan): readonly Leaving[] => [...leavingSite(plan), ...toldToGa4(plan)]
  const [was, is] = [before === undefined ? [] : all(before), all(after)]
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
