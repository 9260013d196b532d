/** What is wrong between plans, however right each of them is. */
import { posix } from 'node:path'
import { pointerOf, type Diagnostic, type Location } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'

/**
 * Two files with one id: each takes what the other made for its own. An overlay that says no id of its own has its base's
 * on purpose, and is another plan only where both go into one container.
 */
export function idsAreOnce(plans: readonly ParsedPlan[]): readonly Diagnostic[] {
  return pairsOf(plans).flatMap(([first, second]): Diagnostic[] => {
    // An id that a plan had before is still its own: what is marked with it at Google is the plan's.
    const id = idsOf(first).find((each) => idsOf(second).includes(each))
    if (id === undefined || fileOf(first) === fileOf(second)) return []
    const isOneOfTheOther = extendsIt(first, second) || extendsIt(second, first)
    if (isOneOfTheOther && commonContainers(first, second).length === 0) return []
    const [place, other] = [placeOfId(second), placeOfId(first)]
    // An overlay's id may stand in its base: then its own file is the better place.
    const location = place?.file === second.file ? place : topOf(second)
    return [
      {
        severity: 'error',
        code: 'plan-id-is-taken',
        message: `The plan ${placeText(other?.file === first.file ? other : topOf(first))} has the id "${id}", too: each apply of the one would undo the other.`,
        fix: isOneOfTheOther
          ? 'give the overlay an id of its own ("plan:"), or containers of its own'
          : 'give one of the two an id of its own; if one is an old copy, delete it',
        location,
      },
    ]
  })
}

/** Every two of them, in their order. */
export function pairsOf<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((first, index) => items.slice(index + 1).map((second) => [first, second] as const))
}

/** Public ids that both plans name, `${NAME}` unresolved. */
export function commonContainers(a: ParsedPlan, b: ParsedPlan): readonly string[] {
  return common(a, b, ({ gtm }) => gtm?.container)
}

/** Numbers of GA4 properties that both plans name, `${NAME}` unresolved. */
export function commonProperties(a: ParsedPlan, b: ParsedPlan): readonly string[] {
  return common(a, b, ({ ga4 }) => ga4?.property)
}

export function placeText({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`
}

function idsOf({ document }: ParsedPlan): readonly string[] {
  const { plan, was } = (document ?? {}) as { readonly plan?: unknown; readonly was?: unknown }
  return [plan, was].filter((id): id is string => typeof id === 'string')
}

/** The plans are not checked yet. */
interface Environment {
  readonly gtm?: { readonly container?: unknown } | null
  readonly ga4?: { readonly property?: unknown } | null
}

function common(a: ParsedPlan, b: ParsedPlan, of: (environment: Environment) => unknown): readonly string[] {
  const theirs = new Set(inEnvironments(b, of))
  return [...new Set(inEnvironments(a, of))].filter((each) => theirs.has(each))
}

function inEnvironments(
  { document }: ParsedPlan,
  of: (environment: Environment) => unknown,
): readonly string[] {
  const { environments } = (document ?? {}) as { readonly environments?: unknown }
  return Object.values(environments ?? {}).flatMap((environment: unknown) => {
    const value = of((environment ?? {}) as Environment)
    return typeof value === 'string' ? [value] : []
  })
}

function placeOfId(plan: ParsedPlan): Location | undefined {
  return plan.locate(pointerOf('plan'))
}

function topOf({ file }: ParsedPlan): Location {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 }
}

function fileOf({ file }: ParsedPlan): string {
  return posix.normalize(file.replaceAll('\\', '/'))
}

/** A plan knows the texts of all files that it is made of. */
function extendsIt(overlay: ParsedPlan, base: ParsedPlan): boolean {
  return overlay.textOf(fileOf(base)) !== undefined
}
