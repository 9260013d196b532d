import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import { schemaAt } from '../plan/schema.ts'
import { stepsOf } from '../plan/tree.ts'

/**
 * The document without what the schema refused, so that rules can check the rest in the same run. A list with a wrong
 * item goes as a whole: the places of the others would shift.
 */
export function prune(document: unknown, broken: readonly Pointer[]): unknown {
  if (broken.length === 0) return document
  const root: Cuts = { cuts: new Map() }
  for (const pointer of broken) {
    let node = root
    for (const step of stepsOf(pointer)) {
      const next: Cuts = node.cuts.get(step) ?? { cuts: new Map() }
      node.cuts.set(step, next)
      node = next
    }
    node.whole = true
  }
  return without(document, root, '') ?? Object.create(null)
}

interface Cuts {
  readonly cuts: Map<string, Cuts>
  whole?: boolean
}

function without(value: unknown, node: Cuts, at: Pointer): unknown {
  if (node.whole === true) return undefined
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => {
      const cut = node.cuts.get(String(index))
      return cut === undefined ? item : without(item, cut, at + pointerOf(index))
    })
    return items.includes(undefined) ? undefined : items
  }
  if (typeof value !== 'object' || value === null) return value
  const result = Object.create(null) as Record<string, unknown>
  for (const [key, item] of Object.entries(value)) {
    const cut = node.cuts.get(key)
    const kept = cut === undefined ? item : without(item, cut, at + pointerOf(key))
    if (kept !== undefined) result[key] = kept
  }
  // Without a required field a map is not what it says it is; a conversion or stage is still worth checking.
  const incomplete = schemaAt(at).required?.some((field) => !Object.hasOwn(result, field)) === true
  return incomplete && !OUTLINES.test(at) ? undefined : result
}

/** The plan, its goals, stages, micro conversions and environments. */
const OUTLINES = /^$|^\/(goals|stages|environments)\/[^/]*$|^\/stages\/[^/]*\/micro\/[^/]*$/
