/** References: the variables that texts name, and the fields of a spec that name a trigger, a tag or a folder. */
import { holdsBraces, mapReferences } from './braces.ts'
import { keyIn } from './key.ts'
import type { Key, Ref, Resource, SpecByKind } from './resource.ts'

export type RefKind = 'gtm/template' | 'gtm/variable' | 'gtm/trigger' | 'gtm/folder' | 'gtm/tag'

export interface Reference {
  readonly kind: RefKind
  readonly ref: Ref
}

/** What a resource refers to, read from its spec. GA4 knows no references: braces there are braces. */
export function referencesOf(resource: Resource): readonly Reference[] {
  const found: Reference[] = []
  withReferences(resource, (kind, ref) => {
    found.push({ kind, ref })
    return ref
  })
  return found
}

/** The keys of the plan's own things among them. */
export function keysUsedBy(resource: Resource): readonly { readonly kind: RefKind; readonly key: Key }[] {
  return referencesOf(resource).flatMap(({ kind, ref }) => {
    const key = keyIn(ref)
    return key === undefined ? [] : [{ kind, key }]
  })
}

/** The same for a thing of GTM of which only the fields are known. */
export function keysUsedIn(fields: { readonly [field: string]: unknown }): ReturnType<typeof keysUsedBy> {
  const found: { readonly kind: RefKind; readonly key: Key }[] = []
  specWithReferences(fields, (kind, ref) => {
    const key = keyIn(ref)
    if (key !== undefined) found.push({ kind, key })
    return ref
  })
  return found
}

/** The resource with every reference in its spec rewritten. Which triggers fire a tag is a set, so it is sorted anew. */
export function withReferences<R extends Resource>(
  resource: R,
  rewrite: (kind: RefKind, ref: Ref) => Ref,
): R {
  // Braces in a template's code are its own.
  if (!resource.kind.startsWith('gtm/') || resource.kind === 'gtm/template') return resource
  return { ...resource, spec: specWithReferences(resource.spec, rewrite) }
}

// Fields in, the same fields out: a spec of a kind stays one of that kind.
function specWithReferences(
  spec: SpecByKind[keyof SpecByKind] | { readonly [field: string]: unknown },
  rewrite: (kind: RefKind, ref: Ref) => Ref,
): object {
  const fields = Object.entries(spec).map(([field, value]: readonly [string, unknown]) => {
    if (field === 'type' && isTemplate(value)) return [field, rewrite('gtm/template', value)] as const
    if (field === 'folder') return [field, rewrite('gtm/folder', value as Ref)] as const
    if (field !== 'firingTriggers' && field !== 'blockingTriggers')
      return [field, mapValue(value, rewrite)] as const
    return [field, (value as readonly Ref[]).map((ref) => rewrite('gtm/trigger', ref)).sort()] as const
  })
  return Object.fromEntries(fields)
}

/** A key, or what GTM calls the type of a template in the container. A type of GTM's own has no such beginning. */
function isTemplate(type: unknown): type is Ref {
  return typeof type === 'string' && (keyIn(type) !== undefined || type.startsWith('cvt_'))
}

function mapValue(value: unknown, rewrite: (kind: RefKind, ref: Ref) => Ref): unknown {
  if (typeof value === 'string') {
    return holdsBraces(value) ? mapReferences(value, (name) => rewrite('gtm/variable', name)) : value
  }
  if (Array.isArray(value)) return value.map((each) => mapValue(each, rewrite))
  if (typeof value !== 'object' || value === null) return value
  const fields = value as { readonly [name: string]: unknown }
  if (typeof fields.$trigger === 'string') return { $trigger: rewrite('gtm/trigger', fields.$trigger) }
  if (typeof fields.$tag === 'string') return { $tag: rewrite('gtm/tag', fields.$tag) }
  return Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, mapValue(each, rewrite)]))
}
