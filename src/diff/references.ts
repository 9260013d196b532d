/** What a resource of the plan refers to, read from its spec in normal form. */
import type { Key, Ref, Resource } from '../resources/resource.ts'

export type RefKind = 'gtm/variable' | 'gtm/trigger' | 'gtm/folder' | 'gtm/tag'

export interface Reference {
  readonly kind: RefKind
  readonly ref: Ref
}

const VARIABLE = /\{\{([^{}]+)\}\}/g

export function referencesOf(resource: Resource): readonly Reference[] {
  const found: Reference[] = []
  walk(resource.spec, found)
  const spec = resource.spec as {
    readonly folder?: Ref
    readonly firingTriggers?: readonly Ref[]
    readonly blockingTriggers?: readonly Ref[]
  }
  if (spec.folder !== undefined) found.push({ kind: 'gtm/folder', ref: spec.folder })
  for (const ref of [...(spec.firingTriggers ?? []), ...(spec.blockingTriggers ?? [])]) {
    found.push({ kind: 'gtm/trigger', ref })
  }
  return found
}

/** The keys of the plan's own things among them. */
export function keysUsedBy(resource: Resource): readonly { readonly kind: RefKind; readonly key: Key }[] {
  return referencesOf(resource).flatMap(({ kind, ref }) =>
    ref.startsWith('@') ? [{ kind, key: ref.slice(1) }] : [],
  )
}

function walk(value: unknown, found: Reference[]): void {
  if (typeof value === 'string') {
    for (const match of value.matchAll(VARIABLE)) found.push({ kind: 'gtm/variable', ref: match[1] ?? '' })
    return
  }
  if (Array.isArray(value)) return value.forEach((each) => walk(each, found))
  if (typeof value !== 'object' || value === null) return
  const record = value as { readonly [name: string]: unknown }
  if (typeof record.$trigger === 'string') found.push({ kind: 'gtm/trigger', ref: record.$trigger })
  else if (typeof record.$tag === 'string') found.push({ kind: 'gtm/tag', ref: record.$tag })
  else Object.values(record).forEach((each) => walk(each, found))
}
