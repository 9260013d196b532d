/**
 * What carrying a change set out takes, reading included. GTM, whatever the number of resources:
 *
 *   find the container, find the latest version, read it (and the published one, where it is to be known and is another)
 *   create the workspace, look again for the latest version, write all, read the draft, make the version
 *   where the plan had another id: look for the draft that may lie under it
 *   where templates are created: write them, read the draft again, before what is made of them
 *   where templates come from the gallery: import each, read the draft again
 *   where things are created: write their ids into their marks, read the draft again
 *   to publish: look what is live, publish
 *
 * GA4: the lists that were read, whether or not anything in them changes, one request for each change, and one for each kind
 * of which something was written, to read it back; one for the note of a release; two to learn who changed something by hand.
 */
import { isEntityKind, isGa4 } from '../kinds/kinds.ts'
import { galleryOf } from '../kinds/template.ts'
import { isMade, type Change } from '../resources/change-set.ts'
import type { Ga4Kind } from '../resources/resource.ts'
import { HISTORY_REQUESTS, isMovedInGa4 } from './movers.ts'
import type { LiveState } from '../live/live.ts'

const WRITING = 5
const MARKING = 2
const TEMPLATES = 2
const READING = 1
const PUBLISHING = 2
const FORMER_DRAFT = 1

export function requestsFor(
  changes: readonly Change[],
  live: LiveState,
  publish: boolean,
  annotates = false,
): { readonly gtm: number; readonly ga4: number } {
  const inGa4 = changes.filter((change) => change.kind.startsWith('ga4/') && isMade(change))
  const note = annotates && publish && isDraftWork(changes) ? 1 : 0
  const history = changes.some(isMovedInGa4) ? HISTORY_REQUESTS : 0
  const ga4 = inGa4.length + kindsReadBack(inGa4).length + note + history
  const isNew = changes.filter(({ kind, action }) => isEntityKind(kind) && action === 'create')
  const created = isNew.filter(({ desired }) => galleryOf(desired) === undefined)
  const imported = isNew.length - created.length
  const writing =
    WRITING +
    (created.length > 0 ? MARKING : 0) +
    (created.some(({ kind }) => kind === 'gtm/template') ? TEMPLATES : 0) +
    (imported > 0 ? imported + READING : 0) +
    (publish ? PUBLISHING : 0) +
    (live.formerly === undefined ? 0 : FORMER_DRAFT)
  return { gtm: live.gtmReads + (isDraftWork(changes) ? writing : 0), ga4: live.ga4Reads + ga4 }
}

/** The kinds of GA4 of which something was written, and may have been answered with 200 and not done. */
export function kindsReadBack(written: readonly Change[]): readonly Ga4Kind[] {
  return [...new Set(written.flatMap(({ desired }) => (desired && isGa4(desired) ? [desired.kind] : [])))]
}

/** Whether anything is to be written in the container. */
export function isDraftWork(changes: readonly Change[]): boolean {
  return changes.some((change) => change.kind.startsWith('gtm/') && isMade(change))
}
