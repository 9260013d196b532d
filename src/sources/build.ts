import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Source as SourceDocument } from '../plan/plan-types.ts'
import { buildFormat } from './format.ts'
import { kindsIn, sourceModule } from './kinds.ts'
import type { Source } from './source.ts'

/** A parameter of an event (or a user property) and where its value comes from. */
export interface ParameterValue {
  readonly name: string
  readonly at: Pointer
  readonly source: Source
}

/** The flat "one key of many" object of the language becomes a tagged union. */
export function buildSource(source: SourceDocument): Source {
  if (typeof source !== 'object') return { kind: 'literal', value: source }
  const [kind] = kindsIn(source)
  const said = kind && source[kind]
  if (kind === undefined || said === undefined) throw new Error('A source without a kind passed the check.')
  const built = sourceModule(kind).build(said, source, buildSource)
  return source.format === undefined ? built : { ...built, format: buildFormat(source.format, buildSource) }
}

/** The sources of an event's parameters or of user properties, in the order of the file. */
export function buildParameterValues(
  values: { readonly [name: string]: SourceDocument } | undefined,
  at: Pointer,
): ParameterValue[] {
  return Object.entries(values ?? {}).map(([name, source]) => ({
    name,
    at: at + pointerOf(name),
    source: buildSource(source),
  }))
}
