/**
 * A file that stands in the place of its name: `filter: ./audience.json` and each item of `entities` read as if the
 * file's map stood there, and what is wrong in it is found at its own lines.
 */
import { posix } from 'node:path'
import type { Entry, MapTree, Span, Tree } from './tree.ts'

/** A path that a plan names, from where the plan lies. */
export function pathFrom(file: string, named: string): string {
  const target = named.replaceAll('\\', '/')
  return posix.isAbsolute(target) ? target : posix.join(posix.dirname(file), target)
}

/** The paths that a file takes in, each with where it is named. */
export function includedIn(
  file: string,
  tree: MapTree | undefined,
): readonly { readonly path: string; readonly span: Span }[] {
  const filters = entriesOf(tree?.entries.get('audiences')?.value).flatMap(([, { value }]) => {
    const filter = value.kind === 'map' ? value.entries.get('filter')?.value : undefined
    return filter === undefined ? [] : [filter]
  })
  return [...filters, ...itemsOf(tree?.entries.get('entities')?.value)]
    .filter(isName)
    .map(({ value, span }) => ({ path: pathFrom(file, value), span }))
}

/** The tree with those files in their places; where one could not be read its name stays. */
export function withIncluded(
  file: string,
  tree: MapTree,
  treeOf: (path: string) => MapTree | undefined,
): MapTree {
  if (includedIn(file, tree).length === 0) return tree
  const filled = (value: Tree): Tree =>
    isName(value) ? (treeOf(pathFrom(file, value.value)) ?? value) : value
  return {
    ...tree,
    entries: new Map(
      [...tree.entries].map(([name, entry]) => [
        name,
        name === 'audiences'
          ? { ...entry, value: mapped(entry.value, (audience) => withFilter(audience, filled)) }
          : name === 'entities' && entry.value.kind === 'list'
            ? { ...entry, value: { ...entry.value, items: entry.value.items.map(filled) } }
            : entry,
      ]),
    ),
  }
}

function withFilter(audience: Tree, filled: (value: Tree) => Tree): Tree {
  const filter = audience.kind === 'map' ? audience.entries.get('filter') : undefined
  if (audience.kind !== 'map' || filter === undefined) return audience
  const entries = new Map(audience.entries).set('filter', { ...filter, value: filled(filter.value) })
  return { ...audience, entries }
}

function mapped(tree: Tree, change: (value: Tree) => Tree): Tree {
  if (tree.kind !== 'map') return tree
  const entries = entriesOf(tree).map(
    ([name, entry]) => [name, { ...entry, value: change(entry.value) }] as const,
  )
  return { ...tree, entries: new Map(entries) }
}

function entriesOf(tree: Tree | undefined): readonly (readonly [string, Entry])[] {
  return tree?.kind === 'map' ? [...tree.entries] : []
}

function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === 'list' ? tree.items : []
}

function isName(tree: Tree): tree is Tree & { readonly kind: 'scalar'; readonly value: string } {
  return tree.kind === 'scalar' && typeof tree.value === 'string' && tree.value !== ''
}
