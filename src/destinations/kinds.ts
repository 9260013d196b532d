/** All kinds of destination. A new one is its file and its line here; the compiler names what is missing. */
import type { Destination } from '../plan/plan-types.ts'
import type { TagSpec } from '../resources/resource.ts'
import { ga4 } from './ga4.ts'
import { googleAds } from './google-ads.ts'
import { hotjar } from './hotjar.ts'
import { html } from './html.ts'
import { hubspot } from './hubspot.ts'
import { linkedin } from './linkedin.ts'
import { meta } from './meta.ts'
import { microsoft } from './microsoft.ts'
import { mixpanel } from './mixpanel.ts'
import type { DestinationModule, GalleryModule, Recognised, Row, TagType } from './module.ts'
import { pinterest } from './pinterest.ts'
import { tiktok } from './tiktok.ts'

/** GA4 is every plan's: no plan has to name it. */
export type DestinationKind = 'ga4' | Destination['kind']

export const DESTINATIONS: { readonly [K in DestinationKind]: DestinationModule<K> } = {
  ga4,
  googleAds,
  hotjar,
  html,
  hubspot,
  linkedin,
  meta,
  microsoft,
  mixpanel,
  pinterest,
  tiktok,
}

export function destinationKinds(): readonly DestinationKind[] {
  return Object.keys(DESTINATIONS) as DestinationKind[]
}

export function destinationModule<K extends DestinationKind>(kind: K): (typeof DESTINATIONS)[K] {
  return DESTINATIONS[kind]
}

/** The same with the tags that the destination asks for: ours, or the vendor's own template's. */
export function moduleFor({
  kind,
  via,
}: Pick<Destination, 'kind' | 'via'>): DestinationModule<DestinationKind> {
  const module = DESTINATIONS[kind] as DestinationModule<DestinationKind>
  return via === undefined || module.gallery === undefined ? module : { ...module, ...ofTags(module.gallery) }
}

function ofTags({ base, carries, reads, event }: GalleryModule): Partial<DestinationModule<DestinationKind>> {
  return {
    event,
    ...(base === undefined ? {} : { base }),
    ...(carries === undefined ? {} : { carries }),
    ...(reads === undefined ? {} : { reads }),
  }
}

/** What a vendor's template of the gallery adds to a container, in bytes; 0 for one of nobody here. */
export function galleryWeight({
  owner,
  repository,
}: {
  readonly owner: string
  readonly repository: string
}): number {
  return (
    firstOf(({ gallery }) =>
      gallery?.owner === owner && gallery.repository === repository ? gallery.bytes : undefined,
    ) ?? 0
  )
}

/** Whether the tag is set to take consent from GTM. */
export function inheritsConsent(spec: TagSpec): boolean {
  const found = destinationOf(spec)
  return found !== undefined && destinationModule(found.kind).inheritsConsent?.(spec) === true
}

/** Whose tag it is, and what it says; undefined for one of nobody here. */
export function destinationOf(spec: TagSpec): ({ readonly kind: DestinationKind } & Recognised) | undefined {
  for (const kind of destinationKinds()) {
    const { fromGtm, gallery } = DESTINATIONS[kind] as DestinationModule<DestinationKind>
    // Only of the plan's own tags is it known which template they are of.
    const recognised = !spec.type.startsWith('@') ? fromGtm(spec) : gallery?.fromGtm(spec.parameters)
    if (recognised !== undefined) return { kind, ...recognised }
  }
  return undefined
}

/** What a parameter of a destination's tag is called in the plan; of any, where it is not said whose it is. */
export function labelOf(parameter: string, kind?: DestinationKind): string | undefined {
  if (kind !== undefined && parameter in DESTINATIONS[kind].labels)
    return DESTINATIONS[kind].labels[parameter]
  return firstOf(({ labels }) => labels[parameter])
}

/** Of a type of tag that GTM has for a vendor. */
export function tagType(type: string): TagType | undefined {
  return firstOf(({ types }) => types[type])
}

/** How the rows of a table in any destination's tag are told. */
export function rowsOf(parameter: string): Row | undefined {
  return firstOf(({ rows }) => rows[parameter])
}

function firstOf<T>(find: (module: DestinationModule<DestinationKind>) => T | undefined): T | undefined {
  for (const kind of destinationKinds()) {
    const found = find(DESTINATIONS[kind] as DestinationModule<DestinationKind>)
    if (found !== undefined) return found
  }
  return undefined
}
