import { BUILT_IN_TYPES } from '../facts/built-ins.ts'
import { variablesIn } from '../resources/braces.ts'

/** The built-in variables that texts anywhere in the values refer to, by type: they must be enabled. */
export function usedBuiltIns(values: unknown): (readonly [type: string, name: string])[] {
  const used = new Map<string, string>()
  collect(values, used)
  return [...used].sort(([a], [b]) => (a < b ? -1 : 1))
}

function collect(value: unknown, used: Map<string, string>): void {
  if (typeof value === 'string') {
    for (const name of variablesIn(value)) {
      const type = BUILT_IN_TYPES.get(name)
      if (type !== undefined) used.set(type, name)
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const entry of Object.values(value)) collect(entry, used)
  }
}
