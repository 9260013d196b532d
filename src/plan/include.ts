/**
 * A file that stands in the place of its name: `filter: ./audience.json` reads as if the file's map stood there, and what
 * is wrong in it is found at its own lines.
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
  return entriesOf(tree?.entries.get('audiences')?.value).flatMap(([, { value }]) => {
    const filter = value.kind === 'map' ? value.entries.get('filter')?.value : undefined
    return isName(filter) ? [{ path: pathFrom(file, filter.value), span: filter.span }] : []
  })
}

/** The tree with those files in their places; where one could not be read its name stays. */
export function withIncluded(
  file: string,
  tree: MapTree,
  treeOf: (path: string) => MapTree | undefined,
): MapTree {
  const audiences = tree.entries.get('audiences')
  if (audiences?.value.kind !== 'map' || includedIn(file, tree).length === 0) return tree
  const filled = entriesOf(audiences.value).map(([id, entry]) => {
    const { value } = entry
    const filter = value.kind === 'map' ? value.entries.get('filter') : undefined
    const inner = filter && isName(filter.value) ? treeOf(pathFrom(file, filter.value.value)) : undefined
    if (value.kind !== 'map' || filter === undefined || inner === undefined) return [id, entry] as const
    const entries = new Map(value.entries).set('filter', { ...filter, value: inner })
    return [id, { ...entry, value: { ...value, entries } }] as const
  })
  const whole = { ...audiences, value: { ...audiences.value, entries: new Map(filled) } }
  return { ...tree, entries: new Map(tree.entries).set('audiences', whole) }
}

function entriesOf(tree: Tree | undefined): readonly (readonly [string, Entry])[] {
  return tree?.kind === 'map' ? [...tree.entries] : []
}

function isName(tree: Tree | undefined): tree is Tree & { readonly kind: 'scalar'; readonly value: string } {
  return tree?.kind === 'scalar' && typeof tree.value === 'string' && tree.value !== ''
}
