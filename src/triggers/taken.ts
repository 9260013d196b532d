import { builtInName } from '../facts/built-ins.ts'
import type { ConditionSpec } from '../resources/resource.ts'

/** Takes the first plain test of a built-in variable out of a trigger's conditions, and the value it is tested on. */
export function taken(
  conditions: readonly ConditionSpec[],
  type: string,
  builtIn: string,
): { readonly value?: string; readonly rest: readonly ConditionSpec[] } {
  const found = conditions.find(
    (one) =>
      one.type === type && one.arg0 === `{{${builtInName(builtIn)}}}` && !one.negate && !one.ignoreCase,
  )
  return found === undefined
    ? { rest: conditions }
    : { value: found.arg1, rest: conditions.filter((one) => one !== found) }
}
