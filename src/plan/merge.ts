/** `extends`: maps merge by key, null removes, everything else replaces. The same as a JSON merge patch (RFC 7396). */
import type { Diagnostic, Location } from './diagnostic.ts'
import type { Entry, MapTree, Span, Tree } from './tree.ts'

export interface Merged {
  readonly tree: MapTree
  /** A `null` that removes nothing: most likely a misspelt id. */
  readonly removedNothing: readonly { readonly name: string; readonly span: Span }[]
}

/** The base with the overlay's changes. Every node keeps the span of the file it came from. */
export function merge(base: MapTree, overlay: MapTree): Merged {
  const removedNothing: { name: string; span: Span }[] = []
  const mergeMaps = (below: MapTree, above: MapTree, top: boolean): MapTree => {
    const entries = new Map<string, Entry>(below.entries)
    // What the base was called before is no former id of a plan that has one of its own.
    if (top && isOtherPlan(below, above)) entries.delete('was')
    for (const [name, entry] of above.entries) {
      if (top && name === 'extends') continue
      const old = below.entries.get(name)
      if (isNull(entry.value)) {
        if (old === undefined) removedNothing.push({ name, span: entry.key })
        entries.delete(name)
      } else if (entry.value.kind === 'map') {
        const under =
          old?.value.kind === 'map'
            ? old.value
            : { kind: 'map' as const, entries: new Map(), span: entry.value.span }
        const value = mergeMaps(under, entry.value, false)
        entries.set(name, { key: entry.key, value: { ...value, span: entry.value.span } })
      } else {
        entries.set(name, entry)
      }
    }
    return { kind: 'map', entries, span: above.span }
  }
  return { tree: mergeMaps(base, overlay, true), removedNothing }
}

function isOtherPlan(base: MapTree, overlay: MapTree): boolean {
  const [below, above] = [base, overlay].map(({ entries }) => entries.get('plan')?.value)
  return below?.kind === 'scalar' && above?.kind === 'scalar' && below.value !== above.value
}

function isNull(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.value === null
}

/** The tree without its `extends`, which has been followed. */
export function withoutExtends(tree: MapTree): MapTree {
  const entries = new Map(tree.entries)
  entries.delete('extends')
  return { ...tree, entries }
}

/** What to say about a `null` that removes nothing. */
export function removedNothingDiagnostic(name: string, location: Location | undefined): Diagnostic {
  return {
    severity: 'error',
    code: 'overlay-removes-nothing',
    message: `"${name}: null" removes nothing: the plan that this one extends has no "${name}" there.`,
    fix: 'check the spelling, or remove the line.',
    ...(location === undefined ? {} : { location }),
  }
}
