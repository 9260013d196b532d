/** How a source is read in GTM, and the way back. */
import { BUILT_IN_TYPES } from '../facts/built-ins.ts'
import type { Source as SourceDocument } from '../plan/plan-types.ts'
import type { VariableSpec } from '../resources/resource.ts'
import type { GtmVariable, Text } from './gtm.ts'
import { sourceKinds, sourceModule } from './kinds.ts'
import type { Serving } from './module.ts'
import type { Source } from './source.ts'

/** Sources that need no variable of ours: literals, built-in variables, somebody else's variables. */
export function simpleText(source: Source): Text | undefined {
  return source.kind === 'literal' ? String(source.value) : sourceModule(source.kind).text?.(source)
}

/** The variable that reads a source; inputs of tables are texts already. */
export function variableFor(source: Source, serving: Serving, textOf: (source: Source) => Text): GtmVariable {
  const made =
    source.kind === 'literal' ? undefined : sourceModule(source.kind).variable?.(source, serving, textOf)
  if (made === undefined) throw new Error(`A ${source.kind} needs no variable.`)
  return made
}

/** What a source reads other sources for. */
export function inputsOf(source: Source): readonly Source[] {
  return (source.kind === 'literal' ? undefined : sourceModule(source.kind).inputs?.(source)) ?? []
}

/**
 * What a text of GTM reads: a literal, or a reference to one variable. Undefined for a text with references in it.
 * @param variables those of the container, by the name or key that a reference holds; what is not among them stays
 * a variable of that name.
 */
export function sourceFromGtm(
  text: string,
  variables: ReadonlyMap<string, VariableSpec>,
): SourceDocument | undefined {
  const name = /^\{\{([^{}]+)\}\}$/.exec(text)?.[1]
  if (name === undefined) return text.includes('{{') ? undefined : text
  const type = BUILT_IN_TYPES.get(name)
  const spec = variables.get(name)
  const read = (inner: string): SourceDocument | undefined => sourceFromGtm(inner, without(variables, name))
  const said = sourceKinds()
    .map(sourceModule)
    .map((module) => (type === undefined ? spec && module.fromGtm?.(spec, read) : module.fromBuiltIn?.(type)))
    .find((each) => each !== undefined)
  return said ?? { variable: name }
}

/** A variable that reads itself, by whatever way, ends as a variable of its name. */
function without(
  variables: ReadonlyMap<string, VariableSpec>,
  name: string,
): ReadonlyMap<string, VariableSpec> {
  return new Map([...variables].filter(([each]) => each !== name))
}
