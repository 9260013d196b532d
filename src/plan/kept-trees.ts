/**
 * The trees of large files, kept in the user's cache folder as they were read. Parsing YAML is the longest part of a command
 * on hundreds of conversions, and the same text is validated, compared, tested and applied. A tree is kept under a hash of
 * its text, beside a hash of itself: neither another text's nor a damaged one is taken. Without the folder, and for a text
 * that is seen for the first time, the file is parsed.
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Entry, MapTree, Tree } from './tree.ts'

/** A tree without the file's name, as JSON holds it best. Offsets are those of the spans. */
type Packed =
  | readonly [start: number, end: number, value: string | number | boolean | null]
  | readonly [start: number, end: number, items: readonly Packed[], kind: 'list']
  | readonly [start: number, end: number, entries: readonly PackedEntry[], kind: 'map']

type PackedEntry = readonly [name: string, keyStart: number, keyEnd: number, value: Packed]

/** Characters, of some 300 conversions. Keeping takes some 15 ms more after each edit, which is felt with a smaller text. */
const LARGE = 100_000

/** More than the plans that anyone works on at a time. */
const MOST = 16

export interface KeptTrees {
  /** The tree that was kept of this text, in the name of `file`. */
  readonly find: (file: string, text: string) => Promise<MapTree | undefined>
  readonly keep: (text: string, tree: MapTree) => Promise<void>
}

/**
 * @param folder in which they are kept; it is made when the first one is
 * @param version of who reads: another one may read the same text otherwise
 */
export function keptTrees(folder: string, version: string): KeptTrees {
  const pathOf = async (text: string): Promise<string> =>
    join(folder, `${await hashOf(text)}-${version}.json`)
  return {
    find: async (file, text) => (text.length < LARGE ? undefined : treeIn(await pathOf(text), file)),
    keep: async (text, tree) => {
      if (text.length < LARGE) return
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const packed = JSON.stringify(packedOf(tree))
        const path = await pathOf(text)
        // Beside and renamed, so that nobody reads half of it.
        await writeFile(`${path}.tmp`, `${await hashOf(packed)}\n${packed}`, { mode: 0o600 })
        await rename(`${path}.tmp`, path)
        for (const old of (await latestFirst(folder)).slice(MOST)) await rm(old, { force: true })
      } catch {
        // What cannot be kept is parsed again by the next command.
      }
    },
  }
}

async function treeIn(path: string, file: string): Promise<MapTree | undefined> {
  try {
    const content = await readFile(path, 'utf8')
    const packed = content.slice(content.indexOf('\n') + 1)
    if (content !== `${await hashOf(packed)}\n${packed}`) return undefined
    const tree = unpacked(JSON.parse(packed) as Packed, file)
    return tree.kind === 'map' ? tree : undefined
  } catch {
    return undefined
  }
}

async function latestFirst(folder: string): Promise<readonly string[]> {
  const paths = (await readdir(folder)).map((name) => join(folder, name))
  const found = await Promise.all(paths.map(async (path) => ({ path, time: (await stat(path)).mtimeMs })))
  return found.sort((a, b) => b.time - a.time).map(({ path }) => path)
}

/** Only a large file needs it, and loading it is felt where there is none. */
async function hashOf(text: string): Promise<string> {
  const { createHash } = await import('node:crypto')
  return createHash('sha256').update(text).digest('hex')
}

function packedOf(tree: Tree): Packed {
  const { start, end } = tree.span
  switch (tree.kind) {
    case 'scalar':
      return [start, end, inJson(tree.value)]
    case 'list':
      return [start, end, tree.items.map(packedOf), 'list']
    case 'map': {
      const entries = [...tree.entries].map(([name, { key, value }]): PackedEntry => [
        name,
        key.start,
        key.end,
        packedOf(value),
      ])
      return [start, end, entries, 'map']
    }
  }
}

/** JSON makes null of what is no finite number, and has one zero: a tree that holds such a one is not kept. */
function inJson<V>(value: V): V {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    throw new RangeError(`JSON has no word for ${value}.`)
  return value
}

function unpacked(packed: Packed, file: string): Tree {
  const span = { file, start: packed[0], end: packed[1] }
  if (packed.length === 3) return { kind: 'scalar', value: packed[2], span }
  if (packed[3] === 'list')
    return { kind: 'list', items: packed[2].map((item) => unpacked(item, file)), span }
  const entries = new Map<string, Entry>()
  // By index: taken apart by names, each of thousands would need an iterator.
  for (const entry of packed[2])
    entries.set(entry[0], {
      key: { file, start: entry[1], end: entry[2] },
      value: unpacked(entry[3], file),
    })
  return { kind: 'map', entries, span }
}
