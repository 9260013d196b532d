/** How a source is read in GTM, and the way back. */
import { BUILT_IN_TYPES } from '../facts/built-ins.ts'
import type { Source as SourceDocument } from '../plan/plan-types.ts'
import { holdsBraces, soleVariableIn } from '../resources/braces.ts'
import type { VariableSpec } from '../resources/resource.ts'
import { buildSource } from './build.ts'
import {
  buildFormat,
  formatFromGtm,
  formatOf,
  formatted,
  replacements,
  withoutFormat,
  type Format,
} from './format.ts'
import type { GtmVariable, Text } from './gtm.ts'
import { kindsIn, SOURCES, sourceKinds, sourceModule } from './kinds.ts'
import type { Serving } from './module.ts'
import type { Source, SourceObject } from './source.ts'
import { joinedFromGtm } from './text.ts'

/** Sources that need no variable of ours: literals, built-in variables, somebody else's variables, texts of them. */
export function simpleText(source: Source, textOf: (source: Source) => Text): Text | undefined {
  return source.kind === 'literal' ? String(source.value) : sourceModule(source.kind).text?.(source, textOf)
}

/** The variable that reads a source; inputs of tables are texts already. */
export function variableFor(source: Source, serving: Serving, textOf: (source: Source) => Text): GtmVariable {
  const made =
    source.kind === 'literal' ? undefined : sourceModule(source.kind).variable?.(source, serving, textOf)
  if (made === undefined) throw new Error(`A ${source.kind} needs no variable.`)
  return formatted(made, source, formatOf(source, ownFormat(source)), textOf)
}

function ownFormat(source: Source): Format {
  return source.kind === 'literal' ? {} : buildFormat(sourceModule(source.kind).format ?? {}, buildSource)
}

/** What a source reads other sources for. */
export function inputsOf(source: Source): readonly Source[] {
  if (source.kind === 'literal') return []
  return [
    ...(sourceModule(source.kind).inputs?.(source) ?? []),
    ...replacements(formatOf(source, ownFormat(source))).filter(({ kind }) => kind !== 'literal'),
  ]
}

/**
 * What a text of GTM reads: a literal, or a reference to one variable.
 * @param variables those of the container, by the name or key that a reference holds; what is not among them stays
 * a variable of that name.
 */
export function sourceFromGtm(
  text: string,
  variables: ReadonlyMap<string, VariableSpec>,
): SourceDocument | undefined {
  let left = MOST
  return sourceWithin(text, (name) => (left-- > 0 ? variables.get(name) : undefined), new Set())
}

/** Variables that one text reads, by whatever way; what is beyond stays a variable by its name. */
const MOST = 1000

/** As deep as anybody reads. */
const DEEPEST = 10

/** @param inside the variables that are being read: one that reads itself, by whatever way, ends as a variable of its name. */
function sourceWithin(
  text: string,
  variable: (name: string) => VariableSpec | undefined,
  inside: ReadonlySet<string>,
): SourceDocument | undefined {
  const name = soleVariableIn(text)
  if (name === undefined) {
    return holdsBraces(text) ? joinedFromGtm(text, (each) => sourceWithin(each, variable, inside)) : text
  }
  if (inside.has(name) || inside.size > DEEPEST) return { variable: name }
  const spec = variable(name)
  // Names are unique in a container: where a variable has that of a built-in one, the built-in one is not there.
  const type = spec === undefined ? BUILT_IN_TYPES.get(name) : undefined
  const within = new Set([...inside, name])
  const read = (inner: string): SourceDocument | undefined => sourceWithin(inner, variable, within)
  const said = sourceKinds()
    .map(sourceModule)
    .map((module) => (type === undefined ? spec && module.fromGtm?.(spec, read) : module.fromBuiltIn?.(type)))
    .find((each) => each !== undefined)
  if (said === undefined) return { variable: name }
  if (type !== undefined) return said
  const format = formatFromGtm(spec?.formatValue ?? {}, read)
  return format === undefined ? { variable: name } : withoutOwn({ ...said, ...format })
}

function withoutOwn(source: SourceObject): SourceObject {
  const [kind] = kindsIn(source)
  const own = kind && SOURCES[kind].format
  return own === undefined ? source : withoutFormat(source, own)
}
