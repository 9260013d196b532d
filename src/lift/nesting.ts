/**
 * Variables that read variables that read variables: written out, a chain is as long as it is and two references in each make it
 * two to the power of that. What nobody could read stays a variable by its name, on both sides of every comparison.
 */
import { variablesIn } from '../resources/braces.ts'
import type { VariableSpec } from '../resources/resource.ts'

/** Variables inside of each other; real containers have four at most. */
const DEPTH = 10

/** References, each with all that it reads; a table of values by host has some dozens. */
const REFERENCES = 500

/** Those that can be written out. A variable that reads itself, by whatever way, cannot. */
export function readable(variables: ReadonlyMap<string, VariableSpec>): ReadonlyMap<string, VariableSpec> {
  const sizes = new Map<string, { readonly depth: number; readonly references: number }>()
  // Without recursion: a chain may be as long as the file.
  const left = [...variables.keys()].map((name) => ({ name, isSeen: false }))
  const inside = new Set<string>()
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { name, isSeen } = next
    const spec = variables.get(name)
    if (spec === undefined || sizes.has(name)) continue
    const read = referencesIn(spec).filter((each) => variables.has(each))
    if (!isSeen && !inside.has(name)) {
      inside.add(name)
      left.push({ name, isSeen: true }, ...read.map((each) => ({ name: each, isSeen: false })))
    } else if (isSeen) {
      inside.delete(name)
      // What is not known by now is being asked: a circle.
      const of = read.map((each) => sizes.get(each) ?? { depth: Infinity, references: Infinity })
      sizes.set(name, {
        depth: 1 + Math.max(0, ...of.map(({ depth }) => depth)),
        references: of.reduce((sum, { references }) => sum + references, 1),
      })
    }
  }
  return new Map(
    [...variables].filter(([name]) => {
      const { depth = 0, references = 0 } = sizes.get(name) ?? {}
      return depth <= DEPTH && references <= REFERENCES
    }),
  )
}

/** As often as they stand there. */
function referencesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return variablesIn(value)
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(referencesIn)
}
