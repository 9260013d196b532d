/** GA4's lists become live resources, each with what says whose it is. */
import { textOf, type Sent } from '../kinds/kind.ts'
import { GA4, isMarkedInDescription } from '../kinds/kinds.ts'
import { keyOf, partsOf } from '../resources/key.ts'
import { parseDescription } from '../resources/marker.ts'
import type { Ga4Kind, SpecByKind } from '../resources/resource.ts'
import type { ListedKeyEvent } from './listed.ts'
import { isOf, type Live, type Mark, type Owner } from './live.ts'

/** What a thing of the kind stands in; undefined where the property lacks the stream. */
export function ga4Parent(
  kind: Ga4Kind,
  { property, stream }: { readonly property: string; readonly stream?: string | undefined },
): string | undefined {
  return GA4[kind].at === 'stream' ? stream : property
}

/** From where a property is seen. */
export interface Viewpoint extends Owner {
  /** The plan's list of key events, for this property, by their names. */
  readonly listed: ReadonlyMap<string, ListedKeyEvent>
}

/** One list of a property, as the plan sees it. */
export function ga4ListOf<K extends Ga4Kind>(
  kind: K,
  sent: readonly object[],
  from: Viewpoint,
): readonly Live<K>[] {
  const all = sent.map((each) => liveOf(kind, each as Sent, from))
  return GA4[kind].mark === 'description with id' ? withoutCopies(all) : all
}

/** A copy that somebody made in GA4 has the mark too; the plan's is the one that was there first. */
function withoutCopies<K extends Ga4Kind>(all: readonly Live<K>[]): readonly Live<K>[] {
  const first = new Map<string, Live<K>>()
  for (const each of all) {
    const other = first.get(each.key)
    if (other === undefined || idNumber(each) < idNumber(other)) first.set(each.key, each)
  }
  return all.map((each) =>
    first.get(each.key) === each ? each : { ...each, key: `#${each.remote.id}`, ours: false },
  )
}

/** Google's number of a thing, by which the older one comes first. */
export function idNumber({ remote }: Pick<Live, 'remote'>): number {
  return Number(lastPart(remote.id))
}

function liveOf<K extends Ga4Kind>(kind: K, sent: Sent, from: Viewpoint): Live<K> {
  const spec = GA4[kind].fromWire(sent)
  const mark = markOf(kind, spec, sent, from)
  const id = textOf(sent.name)
  const ours = mark !== undefined && isOf(from, mark.plan) && mark.found !== true
  return {
    kind,
    key: ours ? mark.key : `#${id}`,
    name: GA4[kind].nameOf(spec),
    spec,
    notes: '',
    human: '',
    remote: { id, sent },
    ours,
    ...(mark && { mark }),
  }
}

function markOf<K extends Ga4Kind>(
  kind: K,
  spec: SpecByKind[K],
  sent: Sent,
  { plan, listed }: Viewpoint,
): Mark | undefined {
  const { mark, idOf, facet } = GA4[kind]
  if (isMarkedInDescription(kind)) {
    const { marker } = parseDescription(textOf(sent.description))
    if (marker === undefined) return undefined
    const { plan: whose, id } = partsOf(marker.plan)
    return { ...marker, plan: whose, key: keyOf({ plan: whose, id: id === '' ? idOf(spec) : id, facet }) }
  }
  // A key event carries no mark of its own; the plan's list does.
  const entry = mark === 'list of key events' ? listed.get(idOf(spec)) : undefined
  // One of that name that was made anew is not the one that was to be deleted.
  const isAnother = entry?.leaving !== undefined && entry.leaving !== keyEventId(textOf(sent.name))
  if (entry === undefined || isAnother) return undefined
  const key = keyOf({ plan, id: entry.event, facet })
  const { hash, found, was } = entry
  return { plan, key, hash, ...(found ? { found: true } : {}), ...(was === undefined ? {} : { was }) }
}

/** Google's number of a key event, from its full name. */
export function keyEventId(path: string): string {
  return lastPart(path)
}

/** The property's number, as lists in notes have it. */
export function propertyNumber({ property }: { readonly property: string }): string {
  return lastPart(property)
}

/** The number of the web stream; empty where there is none. */
export function streamNumber({ stream = '' }: { readonly stream?: string | undefined }): string {
  return lastPart(stream)
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
