/**
 * What carrying a change set out takes, reading included. GTM, whatever the number of resources:
 *
 *   find the container, find the latest version, read the published one (and the latest, where that is another)
 *   create the workspace, look again for the latest version, write all, read the draft, make the version
 *   where the plan had another id: look for the draft that may lie under it
 *   where things are created: write their ids into their marks, read the draft again
 *   to publish: look what is live, publish
 *
 * GA4: the lists that were read, and one request for each change.
 */
import { isMade, type Change } from '../resources/change-set.ts'
import type { LiveState } from '../live/live.ts'

const WRITING = 5
const MARKING = 2
const PUBLISHING = 2
const FORMER_DRAFT = 1

export function requestsFor(
  changes: readonly Change[],
  live: LiveState,
  publish: boolean,
): { readonly gtm: number; readonly ga4: number } {
  const ga4 = changes.filter((change) => change.kind.startsWith('ga4/') && isMade(change)).length
  const creates = changes.some(
    ({ kind, action }) => kind.startsWith('gtm/') && kind !== 'gtm/built-in-variable' && action === 'create',
  )
  const writing =
    WRITING +
    (creates ? MARKING : 0) +
    (publish ? PUBLISHING : 0) +
    (live.formerly === undefined ? 0 : FORMER_DRAFT)
  return { gtm: live.gtmReads + (isDraftWork(changes) ? writing : 0), ga4: live.ga4Reads + ga4 }
}

/** Whether anything is to be written in the container. */
export function isDraftWork(changes: readonly Change[]): boolean {
  return changes.some((change) => change.kind.startsWith('gtm/') && isMade(change))
}
