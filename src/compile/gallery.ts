/** Templates of the community gallery that the plan asks for with `via: gallery`, one a vendor; nothing of their code is ours. */
import { destinationModule, type DestinationKind } from '../destinations/kinds.ts'
import type { Plan } from '../plan/plan.ts'
import { galleryOf } from '../kinds/template.ts'
import type { Key, Resource } from '../resources/resource.ts'
import { keyOf, type PlannedResource } from './planned-entity.ts'

export function galleryTemplates(plan: Plan): readonly PlannedResource<'gtm/template'>[] {
  const byKey = new Map<Key, PlannedResource<'gtm/template'>>()
  for (const { kind, via, acknowledge: version = '', at } of plan.destinations) {
    const { title, gallery } = destinationModule(kind)
    if (via === undefined || gallery === undefined) continue
    const { owner, repository } = gallery
    const key = galleryKey(plan, kind)
    byKey.set(key, {
      kind: 'gtm/template',
      key,
      naming: { pattern: `${title} from the gallery`, values: {}, id: plan.id },
      resource: {
        kind: 'gtm/template',
        key,
        spec: { templateData: '', gallery: { owner, repository, version }, other: {} },
        // GTM gives it no notes, and its text is its author's.
        notes: '',
        origin: at,
      },
    })
  }
  return [...byKey.values()]
}

/** Accounts of one vendor share its template. No id of a plan has a hyphen. */
export function galleryKey(plan: Plan, kind: DestinationKind): Key {
  return keyOf(plan, `destinations-${kind}`, 'template')
}

/** Those among the resources, by their names. */
export function namesFromGallery(resources: readonly Resource[]): readonly string[] {
  return resources.filter((resource) => galleryOf(resource) !== undefined).map(({ name }) => name)
}
