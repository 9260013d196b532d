/** Where two runtimes differ on the same scenario: ours and Google's, hit by hit. */
import { plural } from '../words/counting.ts'
import type { Judged } from './judge.ts'
import type { Difference, SeenHit } from './report.ts'

/**
 * Two runs of the same scenarios. Of one whose page failed under either of the two nothing is said: what did not come is no
 * difference; where that is so of all, there are no differences to speak of.
 */
export function compareRuns(
  ours: readonly Judged[],
  theirs: readonly Judged[],
  whose: string,
): { readonly differences?: readonly Difference[]; readonly notes: readonly string[] } {
  const failed = theirs.filter((each, index) => each.failed === true || ours[index]?.failed === true)
  const ids = new Set(failed.map(({ scenario }) => scenario))
  const named = failed.length > NAMED ? '' : `: ${[...ids].join(', ')}`
  const notes =
    failed.length === 0
      ? []
      : [`Not compared, for the page failed: ${plural(failed.length, 'scenario')}${named}.`]
  const compared = theirs.filter(({ scenario, outcome }) => outcome !== 'not-tried' && !ids.has(scenario))
  if (compared.length === 0) return { notes: [...notes, 'No scenario was left to compare.'] }
  return {
    differences: theirs.flatMap(({ scenario, saw }, index) =>
      ids.has(scenario) ? [] : differences(scenario, ours[index]?.saw ?? [], saw, whose),
    ),
    notes,
  }
}

/** More are only counted. */
const NAMED = 3

/**
 * Events and their parameters; what each runtime adds by itself (ids, times) is not compared.
 * @param whose the other runtime in words: `Google’s`
 */
function differences(
  scenario: string,
  ours: readonly SeenHit[],
  theirs: readonly SeenHit[],
  whose: string,
): readonly Difference[] {
  const names = [...new Set([...ours, ...theirs].map(({ event }) => event))].sort()
  return names.flatMap((event) => {
    const [a, b] = [ours, theirs].map((hits) => hits.filter((hit) => hit.event === event))
    if (a === undefined || b === undefined) return []
    if (a.length !== b.length)
      return [{ scenario, text: `${event}: ${a.length} from our runtime, ${b.length} from ${whose}` }]
    return a.flatMap((hit, index) => parametersApart(scenario, hit, b[index], whose))
  })
}

function parametersApart(
  scenario: string,
  ours: SeenHit,
  theirs: SeenHit | undefined,
  whose: string,
): readonly Difference[] {
  if (theirs === undefined) return []
  const names = [...new Set([...Object.keys(ours.parameters), ...Object.keys(theirs.parameters)])].sort()
  return names
    .filter((name) => !(name in ours.open) && ours.parameters[name] !== theirs.parameters[name])
    .map((name) => ({
      scenario,
      text: `${ours.event}, ${name}: ${shown(ours.parameters[name])} from our runtime, ${shown(theirs.parameters[name])} from ${whose}`,
    }))
}

function shown(value: string | number | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
