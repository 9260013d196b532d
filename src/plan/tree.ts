/**
 * A plan file as a tree that remembers where everything stands. YAML's own nodes stop in `yaml.ts`; merging, locating
 * and turning into plain values happen here, so that a value of an overlay still points to the file that holds it.
 */
import type { Pointer } from './diagnostic.ts'

/** A piece of a file's text, as offsets in UTF-16 code units. */
export interface Span {
  readonly file: string
  readonly start: number
  readonly end: number
}

export type Tree =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly Tree[]; readonly span: Span }
  | MapTree

export interface MapTree {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Entry>
  readonly span: Span
}

export interface Entry {
  readonly key: Span
  readonly value: Tree
}

/** The plain value. Maps have no prototype, so that an id such as `constructor` finds nothing it should not. */
export function toValue(tree: Tree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.value
    case 'list':
      return tree.items.map(toValue)
    case 'map': {
      const map = Object.create(null) as Record<string, unknown>
      for (const [key, entry] of tree.entries) map[key] = toValue(entry.value)
      return map
    }
  }
}

/** The span of a pointer's key or value; of what is nearest above it where the pointer leads nowhere. */
export function spanOf(tree: Tree, pointer: Pointer, about: 'key' | 'value'): Span {
  let node = tree
  let key: Span | undefined
  for (const step of stepsOf(pointer)) {
    const entry = node.kind === 'map' ? node.entries.get(step) : undefined
    const next = entry?.value ?? (node.kind === 'list' ? node.items[Number(step)] : undefined)
    if (next === undefined) return key ?? node.span
    key = entry?.key
    node = next
  }
  return about === 'key' && key !== undefined ? key : node.span
}

/** The node at a pointer, if there is one. */
export function nodeAt(tree: Tree, pointer: Pointer): Tree | undefined {
  let node: Tree | undefined = tree
  for (const step of stepsOf(pointer)) {
    if (node === undefined) return undefined
    node =
      node.kind === 'map'
        ? node.entries.get(step)?.value
        : node.kind === 'list'
          ? node.items[Number(step)]
          : undefined
  }
  return node
}

/** The steps of a pointer, unescaped. */
export function stepsOf(pointer: Pointer): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}
