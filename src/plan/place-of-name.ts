/** Where a plan says the name of something that is GTM's. */
import { pointerOf, type Pointer } from './diagnostic.ts'
import { stepsOf } from './tree.ts'

/**
 * The text that is the name, or holds it in braces: nearest to a place, so that of one conversion its own comes before what all
 * share. Undefined where none is. @param from the place that asks for what refers to it
 */
export function placeOfName(document: unknown, name: string, from: Pointer): Pointer | undefined {
  const steps = stepsOf(from)
  const values = steps.reduce<unknown[]>((path, step) => [...path, entryOf(path.at(-1), step)], [document])
  for (let depth = steps.length; depth >= 0; depth--) {
    if (TITLES.has(steps[depth - 1] ?? '')) continue
    const found = placeIn(values[depth], name, pointerOf(...steps.slice(0, depth)))
    if (found !== undefined) return found
  }
  return undefined
}

/** What people call a thing of the plan is no name of GTM's. */
const TITLES: ReadonlySet<string> = new Set(['title', 'description'])

function placeIn(value: unknown, name: string, at: Pointer): Pointer | undefined {
  if (typeof value === 'string') return value === name || value.includes(`{{${name}}}`) ? at : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, each] of Object.entries(value)) {
    const found = TITLES.has(key) ? undefined : placeIn(each, name, at + pointerOf(key))
    if (found !== undefined) return found
  }
  return undefined
}

function entryOf(value: unknown, step: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined
}
