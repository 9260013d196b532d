/**
 * The data layer keeps two views at once (GTM-RUNTIME 4). Version 1 is a flat map from the key as it was pushed, dots
 * included, to its last value. Version 2 is one tree: a key with dots is expanded, objects merge by key, arrays by index,
 * everything else overwrites.
 */
import { isPlain, isRecord } from './value.ts'

type Tree = { readonly [key: string]: unknown }

export interface DataLayer {
  readonly flat: Tree
  readonly tree: Tree
}

export const EMPTY_DATA_LAYER: DataLayer = { flat: {}, tree: {} }

/** The data layer after a message. `_clear: true` replaces the values of the message's keys instead of merging. */
export function pushed(layer: DataLayer, message: Tree): DataLayer {
  const clear = message['_clear'] === true
  let tree: Tree = layer.tree
  for (const key of Object.keys(message))
    if (key !== '_clear') tree = setPath(tree, key.split('.'), message[key], clear)
  return { flat: { ...layer.flat, ...message }, tree }
}

/** `this.set(key, value)` inside a pushed function. */
export function set(layer: DataLayer, key: string, value: unknown): DataLayer {
  return pushed(layer, { [key]: value })
}

/** A version 1 read: the last value under exactly this key. */
export function readFlat(layer: DataLayer, key: string): unknown {
  return Object.hasOwn(layer.flat, key) ? layer.flat[key] : undefined
}

/** A version 2 read. A path that runs through `null` gives false, through a missing key undefined (GTM-RUNTIME 4). */
export function readTree(layer: DataLayer, path: string): unknown {
  let value: unknown = layer.tree
  for (const key of path.split('.')) {
    if (value === null) return false
    if (value === undefined) return undefined
    value = (Object(value) as Tree)[key]
  }
  return value
}

/** `['cart.push', x]`: calls a method of a stored value. What is no method changes nothing. */
export function called(layer: DataLayer, [command, ...args]: readonly unknown[]): DataLayer {
  if (typeof command !== 'string') return layer
  const path = command.split('.')
  const method = path.pop() ?? ''
  const target = readTree(layer, path.join('.'))
  if (!isRecord(target)) return layer
  const copy: unknown = Array.isArray(target)
    ? [...(target as unknown[])]
    : isPlain(target)
      ? { ...target }
      : target
  const call = (copy as { [name: string]: unknown })[method]
  if (typeof call !== 'function') return layer
  try {
    Reflect.apply(call, copy, args)
  } catch {
    return layer
  }
  return { ...layer, tree: setPath(layer.tree, path, copy, true) }
}

/** @param depth how many steps of the path lead to this tree */
function setPath(tree: Tree, path: readonly string[], value: unknown, clear: boolean, depth = 0): Tree {
  const key = path[depth] ?? ''
  const before = Object.hasOwn(tree, key) ? tree[key] : undefined
  const after =
    depth + 1 < path.length
      ? setPath(isPlain(before) ? before : {}, path, value, clear, depth + 1)
      : clear
        ? copied(value)
        : merged(before, value)
  return { ...tree, [key]: after }
}

function merged(before: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    const result: unknown[] = Array.isArray(before) ? [...(before as unknown[])] : []
    value.forEach((item, index) => (result[index] = merged(result[index], item)))
    return result
  }
  if (!isPlain(value)) return value
  const result: { [key: string]: unknown } = isPlain(before) ? { ...before } : {}
  for (const key of Object.keys(value)) result[key] = merged(result[key], value[key])
  return result
}

/** The page may go on changing what it pushed. */
function copied(value: unknown): unknown {
  return merged(undefined, value)
}
