/**
 * What carrying a change set out takes, reading included. GTM, whatever the number of resources:
 *
 *   find the container, find the latest version, read the published one (and the latest, where that is another)
 *   create the workspace, look again for the latest version, write all, read the draft, make the version (, publish)
 *
 * GA4: three lists, and one request for each change.
 */
import type { Change } from '../resources/change-set.ts'
import type { LiveState } from '../live/live.ts'

const WRITING = 5
const GA4_LISTS = 3

export function requestsFor(
  changes: readonly Change[],
  live: LiveState,
  publish: boolean,
): { readonly gtm: number; readonly ga4: number } {
  const ga4 = changes.filter((change) => change.kind.startsWith('ga4/') && change.held !== true).length
  const writing = isDraftWork(changes) ? WRITING + (publish ? 1 : 0) : 0
  return { gtm: live.gtmReads + writing, ga4: GA4_LISTS + ga4 }
}

/** Whether anything is to be written in the container. */
export function isDraftWork(changes: readonly Change[]): boolean {
  return changes.some((change) => change.kind.startsWith('gtm/') && change.held !== true)
}
