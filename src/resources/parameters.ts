/**
 * GTM writes `{"type":"boolean","key":"sendEcommerceData","value":"false"}`; a spec says `sendEcommerceData: false`.
 * Types map one to one: template text, boolean, integer, list, map, triggerReference, tagReference
 * (https://developers.google.com/tag-platform/tag-manager/api/v2/parameter-reference).
 */
import { mapReferences } from './braces.ts'
import type { Parameters, Ref, Value } from './resource.ts'

/** GTM's wrapping of a value, as in a request or an answer. */
export interface WireParameter {
  readonly type?: string
  readonly key?: string
  readonly value?: string
  readonly list?: readonly WireParameter[]
  readonly map?: readonly WireParameter[]
}

/** How names and ids in Google's JSON become references. */
export interface RefsIn {
  /** @param type of a tag or variable: of one that a template makes, `cvt_...` */
  readonly template: (type: string) => Ref
  readonly variable: (name: string) => Ref
  readonly trigger: (id: string) => Ref
  readonly folder: (id: string) => Ref
  readonly tag: (name: string) => Ref
}

/** How references become names and ids in Google's JSON. */
export interface RefsOut {
  readonly template: (type: Ref) => string
  readonly variable: (ref: Ref) => string
  readonly trigger: (ref: Ref) => string
  readonly folder: (ref: Ref) => string
  readonly tag: (ref: Ref) => string
}

const same = (text: string): string => text

/** Templates already write references, so nothing is looked up. */
export const TEMPLATE_REFS: RefsIn = {
  template: same,
  variable: same,
  trigger: same,
  folder: same,
  tag: same,
}

export function valueFromWire(wire: WireParameter, refs: RefsIn): Value {
  const text = wire.value ?? ''
  switch (wire.type) {
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : mapReferences(text, refs.variable)
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : mapReferences(text, refs.variable)
    case 'list':
      return (wire.list ?? []).map((item) => valueFromWire(item, refs))
    case 'map':
      return parametersFromWire(wire.map ?? [], refs)
    case 'triggerReference':
      return { $trigger: refs.trigger(text) }
    case 'tagReference':
      return { $tag: refs.tag(text) }
    default:
      return mapReferences(text, refs.variable)
  }
}

/** Parameters are a set by key: their order carries no meaning. */
export function parametersFromWire(wire: readonly WireParameter[], refs: RefsIn): Parameters {
  return Object.fromEntries(wire.map((parameter) => [parameter.key ?? '', valueFromWire(parameter, refs)]))
}

export function valueToWire(value: Value, refs: RefsOut, key?: string): WireParameter {
  const head = key === undefined ? {} : { key }
  if (typeof value === 'boolean') return { type: 'boolean', ...head, value: String(value) }
  if (typeof value === 'number') return { type: 'integer', ...head, value: String(value) }
  if (typeof value === 'string') {
    const text = mapReferences(value, refs.variable)
    // An empty text is written by leaving the value out, as in every real container.
    return text === '' ? { type: 'template', ...head } : { type: 'template', ...head, value: text }
  }
  if (isList(value)) return { type: 'list', ...head, list: value.map((item) => valueToWire(item, refs)) }
  if ('$trigger' in value)
    return { type: 'triggerReference', ...head, value: refs.trigger(value.$trigger as Ref) }
  if ('$tag' in value) return { type: 'tagReference', ...head, value: refs.tag(value.$tag as Ref) }
  return { type: 'map', ...head, map: parametersToWire(value as Parameters, refs) }
}

export function parametersToWire(parameters: Parameters, refs: RefsOut): WireParameter[] {
  return Object.entries(parameters).map(([key, value]) => valueToWire(value, refs, key))
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}
