/** Desired against desired: what applying the new plan does where the old one was applied. */
import { isDeepStrictEqual } from 'node:util'
import { ga4Identities, ga4Identity, isGa4, isSetting, KINDS, rankOf } from '../kinds/kinds.ts'
import { fieldOf } from '../resources/change-set.ts'
import type { Key, Resource } from '../resources/resource.ts'
import { fieldChanges } from '../diff/field-changes.ts'
import type { ResourceChange } from './review.ts'

export function resourceChanges(before: readonly Resource[], after: readonly Resource[]): ResourceChange[] {
  const newKeyOf = renamedKeys(before, after)
  const old = new Map(before.map((resource) => [identityOf(resource, newKeyOf), resource]))
  const now = new Set(after.map((resource) => identityOf(resource)))
  // What GA4 knows by a name that can be changed was there under the former one.
  for (const resource of after.filter(isGa4)) {
    const former = ga4Identities(resource).find((each) => old.has(each) && !now.has(each))
    const there = former === undefined ? undefined : old.get(former)
    if (former === undefined || there === undefined || old.has(identityOf(resource))) continue
    old.delete(former)
    old.set(identityOf(resource), there)
  }
  const changes = after.flatMap((resource): ResourceChange[] => {
    const previous = old.get(identityOf(resource))
    if (previous === undefined) {
      // Settings are always there: what is stated first is set, not made.
      return isSetting(resource)
        ? [{ action: 'update', ...headOf(resource), fields: fieldChanges({}, comparable(resource)) }]
        : [{ action: 'create', ...headOf(resource), fields: [] }]
    }
    const [was, is] = [withNewKeys(comparable(previous), newKeyOf), comparable(resource)]
    // Most are the same, and that is found out faster than what differs.
    const fields = (isDeepStrictEqual(was, is) ? [] : fieldChanges(was, is)).filter(
      (field) => !isLeft(resource.kind) || fieldOf(field) in resource.spec,
    )
    if (previous.name !== resource.name)
      return [{ action: 'rename', ...headOf(resource), previousName: previous.name, fields }]
    return fields.length === 0 ? [] : [{ action: 'update', ...headOf(resource), fields }]
  })
  const deletes = [...old]
    .filter(([identity, { kind }]) => !now.has(identity) && !isLeft(kind))
    .map(([, resource]): ResourceChange => ({ action: 'delete', ...headOf(resource), fields: [] }))
  return [...changes, ...deletes].sort(inOrder)
}

/** What a plan no longer states of these stays in GA4 as it is. */
export function isLeft(kind: Resource['kind']): boolean {
  return KINDS[kind].removal === 'never'
}

/** GTM's things are known by their key; GA4's by what GA4 never lets anybody change, settings by being there once. */
function identityOf(resource: Resource, newKeyOf: ReadonlyMap<Key, Key> = new Map()): string {
  if (isSetting(resource)) return resource.kind
  return isGa4(resource) ? ga4Identity(resource) : (newKeyOf.get(resource.key) ?? resource.key)
}

function renamedKeys(before: readonly Resource[], after: readonly Resource[]): ReadonlyMap<Key, Key> {
  const old = new Set(before.map(({ key }) => key))
  const now = new Set(after.map(({ key }) => key))
  return new Map(
    after.flatMap(({ key, was = [] }) => {
      const previous = old.has(key) ? undefined : was.find((one) => old.has(one) && !now.has(one))
      return previous === undefined ? [] : [[previous, key] as const]
    }),
  )
}

function headOf({ kind, key, name }: Resource): Pick<ResourceChange, 'kind' | 'key' | 'name'> {
  return { kind, key, name }
}

function comparable({ spec, notes }: Resource): unknown {
  return notes === '' ? spec : { ...spec, notes }
}

/** A reference to what was renamed is the same reference. */
function withNewKeys(value: unknown, newKeyOf: ReadonlyMap<Key, Key>): unknown {
  if (newKeyOf.size === 0) return value
  if (typeof value === 'string')
    return value.replace(/@([^\s{}]+)/g, (whole, key: string) => {
      const renamed = newKeyOf.get(key)
      return renamed === undefined ? whole : `@${renamed}`
    })
  if (Array.isArray(value)) return value.map((item) => withNewKeys(item, newKeyOf))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNewKeys(item, newKeyOf)]))
}

const ACTIONS: readonly ResourceChange['action'][] = ['create', 'update', 'rename', 'delete']

function inOrder(a: ResourceChange, b: ResourceChange): number {
  return (
    ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action) ||
    rankOf(a.kind) - rankOf(b.kind) ||
    (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  )
}
