/** Where two runtimes differ on the same scenario: ours and Google's, hit by hit. */
import type { SeenHit } from './report.ts'

export interface Difference {
  readonly scenario: string
  readonly text: string
}

/** Events and their parameters; what each runtime adds by itself (ids, times) is not compared. */
export function differences(
  scenario: string,
  ours: readonly SeenHit[],
  theirs: readonly SeenHit[],
): readonly Difference[] {
  const names = [...new Set([...ours, ...theirs].map(({ event }) => event))].sort()
  return names.flatMap((event) => {
    const [a, b] = [ours, theirs].map((hits) => hits.filter((hit) => hit.event === event))
    if (a === undefined || b === undefined) return []
    if (a.length !== b.length)
      return [{ scenario, text: `${event}: ${a.length} from our runtime, ${b.length} from Google’s` }]
    return a.flatMap((hit, index) => parametersApart(scenario, hit, b[index]))
  })
}

function parametersApart(
  scenario: string,
  ours: SeenHit,
  theirs: SeenHit | undefined,
): readonly Difference[] {
  if (theirs === undefined) return []
  const names = [...new Set([...Object.keys(ours.parameters), ...Object.keys(theirs.parameters)])].sort()
  return names
    .filter((name) => !(name in ours.open) && ours.parameters[name] !== theirs.parameters[name])
    .map((name) => ({
      scenario,
      text: `${ours.event}, ${name}: ${shown(ours.parameters[name])} from our runtime, ${shown(theirs.parameters[name])} from Google’s`,
    }))
}

function shown(value: string | number | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
