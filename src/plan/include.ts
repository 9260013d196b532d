/**
 * A file that stands in the place of its name: `filter: ./audience.json` and each item of `entities` read as if the
 * file's map stood there, `html: ./chat.html` as if its lines did; what is wrong in it is found at its own lines.
 */
import { posix } from 'node:path'
import { pointerOf, type Pointer } from './diagnostic.ts'
import { locator } from './locator.ts'
import type { Entry, MapTree, Span, Tree } from './tree.ts'
import type { YamlFile } from './yaml.ts'

export interface IncludedFile extends Pick<YamlFile, 'path' | 'text' | 'locate' | 'diagnostics'> {
  readonly tree?: Tree
}

/** A path that a plan names, from where the plan lies. */
export function pathFrom(file: string, named: string): string {
  const target = named.replaceAll('\\', '/')
  return posix.isAbsolute(target) ? target : posix.join(posix.dirname(file), target)
}

/** The paths that a file takes in, each with where it is named. */
export function includedIn(
  file: string,
  tree: MapTree | undefined,
): readonly { readonly path: string; readonly at: Pointer; readonly span: Span }[] {
  const named = [
    ...fieldsOf(tree, 'audiences', 'filter'),
    ...itemsOf(tree?.entries.get('entities')?.value).map((value, index) => ({
      at: pointerOf('entities', index),
      value,
    })),
    ...fieldsOf(tree, 'destinations', 'html').filter(({ value }) => isName(value) && isHtmlFile(value.value)),
  ]
  return named.flatMap(({ at, value }) =>
    isName(value) ? [{ path: pathFrom(file, value.value), at, span: value.span }] : [],
  )
}

/** A field of each entry of a map. */
function fieldsOf(
  tree: MapTree | undefined,
  map: string,
  field: string,
): readonly { readonly at: Pointer; readonly value: Tree }[] {
  return entriesOf(tree?.entries.get(map)?.value).flatMap(([id, { value }]) => {
    const own = value.kind === 'map' ? value.entries.get(field)?.value : undefined
    return own === undefined ? [] : [{ at: pointerOf(map, id, field), value: own }]
  })
}

/** The tree with those files in their places; where one could not be read its name stays. */
export function withIncluded(
  file: string,
  tree: MapTree,
  treeOf: (path: string) => Tree | undefined,
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
          ? { ...entry, value: mapped(entry.value, (audience) => withFile(audience, 'filter', filled)) }
          : name === 'destinations'
            ? { ...entry, value: mapped(entry.value, (each) => withFile(each, 'html', filled)) }
            : name === 'entities' && entry.value.kind === 'list'
              ? { ...entry, value: { ...entry.value, items: entry.value.items.map(filled) } }
              : entry,
      ]),
    ),
  }
}

function withFile(tree: Tree, field: string, filled: (value: Tree) => Tree): Tree {
  const named = tree.kind === 'map' ? tree.entries.get(field) : undefined
  if (tree.kind !== 'map' || named === undefined) return tree
  const entries = new Map(tree.entries).set(field, { ...named, value: filled(named.value) })
  return { ...tree, entries }
}

/** `./tags/chat.html`, not HTML itself. */
export function isHtmlFile(text: string): boolean {
  return /^[^<>\n]+\.html?$/.test(text)
}

/** A file of HTML as the list of its lines, so that a line can be pointed at. */
export function htmlFile(path: string, text: string): IncludedFile {
  const items: Tree[] = []
  for (let start = 0; start <= text.length;) {
    const next = text.indexOf('\n', start)
    const end = next === -1 ? text.length : next
    items.push({
      kind: 'scalar',
      value: text.slice(start, end).replace(/\r$/, ''),
      span: { file: path, start, end },
    })
    start = end + 1
  }
  const span = { file: path, start: 0, end: text.length }
  return { path, text, locate: locator(text), diagnostics: [], tree: { kind: 'list', items, span } }
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
