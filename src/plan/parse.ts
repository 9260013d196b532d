/** A plan's files to one document, with every value's place. */
import type { Diagnostic, Location, Pointer } from './diagnostic.ts'
import { withIncluded } from './include.ts'
import { merge, removedNothingDiagnostic, withoutExtends } from './merge.ts'
import type { PlanSource } from './read.ts'
import { spanOf, toValue, type MapTree, type Span, type Tree } from './tree.ts'

export interface ParsedPlan {
  /** The plan as users name it. */
  readonly file: string
  /** Overlays merged, `${NAME}` unresolved. Absent when there is no map to be read. */
  readonly document: unknown
  readonly diagnostics: readonly Diagnostic[]
  /** The merged document with its places. */
  readonly tree?: MapTree
  /** Where a value, or its key, stands; for a pointer that leads nowhere, the place nearest above it. */
  readonly locate: (pointer: Pointer, about?: 'key' | 'value') => Location | undefined
  /** The text of a file of the plan, to quote from. */
  readonly textOf: (file: string) => string | undefined
  /** Characters in the plan and in what it extends. */
  readonly size: number
}

/** Merges the plan's files into one document. */
export function parsePlan(source: PlanSource): ParsedPlan {
  const files = new Map([...source.included, ...source.files.map((file) => [file.path, file] as const)])
  const locate = (span: Span): Location | undefined => files.get(span.file)?.locate(span)

  const treeOf = (path: string): Tree | undefined => source.included.get(path)?.tree
  const trees = source.files.flatMap(({ path, tree }) =>
    tree === undefined ? [] : [withIncluded(path, tree, treeOf)],
  )
  // A file that cannot be read takes its plan with it: half a merge would complain about what is only out of sight. One that stands
  // in a place of the plan leaves out that place alone.
  const complete =
    trees.length === source.files.length && !source.diagnostics.some((one) => UNREADABLE.has(one.code))
  const diagnostics: Diagnostic[] = [...source.diagnostics, ...source.ofIncluded]
  let tree: MapTree | undefined
  for (const next of complete ? trees.toReversed() : []) {
    if (tree === undefined) {
      tree = next
      continue
    }
    const merged = merge(tree, next)
    tree = merged.tree
    for (const { name, span } of merged.removedNothing)
      diagnostics.push(removedNothingDiagnostic(name, locate(span)))
  }
  const whole = tree === undefined ? undefined : trees.length > 1 ? withoutExtends(tree) : tree
  return {
    file: source.path,
    document: whole === undefined ? undefined : toValue(whole),
    diagnostics,
    ...(whole === undefined ? {} : { tree: whole }),
    locate: (pointer, about = 'value') =>
      whole === undefined ? undefined : locate(spanOf(whole, pointer, about)),
    textOf: (path) => files.get(path)?.text,
    size: source.files.reduce((sum, { text }) => sum + text.length, 0),
  }
}

/** With these the plan's files are not all there. */
const UNREADABLE = new Set([
  'missing-file',
  'unreadable-file',
  'not-utf-8',
  'file-outside-repository',
  'circular-extends',
  'plan-too-large',
  'empty-plan',
  'not-a-map',
  'yaml-syntax',
])
