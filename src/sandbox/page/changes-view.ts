/** What differs between two states of the same thing, field by field, with parameters under their keys. */
import type { Content } from '../state.ts'
import { changesBetween, type ChangeStatus } from '../gtm/merge.ts'
import { KIND_FACTS, type Kind } from '../gtm/kinds.ts'
import { isObject, type Entity } from '../shape.ts'
import { spaced } from './words.ts'

export interface FieldChange {
  readonly path: string
  readonly before: string
  readonly after: string
}

export interface ChangeView {
  readonly status: ChangeStatus
  readonly kind: string
  readonly name: string
  readonly href: string | undefined
  readonly fields: readonly FieldChange[]
}

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  tag: 'Tag',
  trigger: 'Trigger',
  variable: 'Variable',
  folder: 'Folder',
  customTemplate: 'Template',
  client: 'Client',
  transformation: 'Transformation',
  zone: 'Zone',
  gtagConfig: 'Google tag configuration',
  builtInVariable: 'Built-in variable',
}

export const kindWords = (kind: Kind): string => KIND_WORDS[kind]

/** `base` is the page of the newer side, for links. */
export function changeViews(before: Content, after: Content, base: string): ChangeView[] {
  return changesBetween(before, after).map(({ kind, id, status, entity }) => ({
    status,
    kind: KIND_WORDS[kind],
    name: String(entity['name'] ?? id),
    href: entityHref(base, kind, id, status),
    fields: status === 'updated' ? fieldChanges(before[kind].get(id) ?? {}, entity) : [],
  }))
}

function entityHref(base: string, kind: Kind, id: string, status: ChangeStatus): string | undefined {
  if (status === 'deleted' || kind === 'builtInVariable') return undefined
  return `${base}/${KIND_FACTS[kind].collection}/${encodeURIComponent(id)}`
}

const SERVER_FIELDS = new Set(['fingerprint', 'accountId', 'containerId'])

export function fieldChanges(before: Entity, after: Entity): FieldChange[] {
  const [old, now] = [flatten(before), flatten(after)]
  const paths = [...new Set([...old.keys(), ...now.keys()])]
  return paths
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path) ?? '', after: now.get(path) ?? '' }))
}

function flatten(entity: Entity): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [field, value] of Object.entries(entity))
    if (!SERVER_FIELDS.has(field)) flattenInto(flat, spaced(field), value)
  return flat
}

function flattenInto(flat: Map<string, string>, path: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const key = isObject(item) && typeof item['key'] === 'string' ? item['key'] : String(index + 1)
      flattenInto(flat, `${path} › ${key}`, item)
    }
  } else if (isObject(value)) {
    // A parameter is its value; its type and key say nothing more to a reader.
    const parameter = 'type' in value && ('value' in value || 'key' in value)
    for (const [field, item] of Object.entries(value)) {
      if (parameter && (field === 'type' || field === 'key')) continue
      flattenInto(flat, ['value', 'list', 'map'].includes(field) ? path : `${path} › ${field}`, item)
    }
    if (parameter && !('value' in value) && !('list' in value) && !('map' in value)) flat.set(path, '')
  } else flat.set(path, String(value))
}
