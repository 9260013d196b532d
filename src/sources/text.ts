import type { Source as SourceDocument } from '../plan/plan-types.ts'
import { pointerOf } from '../plan/diagnostic.ts'
import { holdsBraces, replaceReferences, variablesIn } from '../resources/braces.ts'
import type { SourceModule } from './module.ts'
import type { Source, SourceObject } from './source.ts'

/** Literals and sources one after the other; GTM writes what is missing as nothing. */
export interface TextSource {
  readonly kind: 'text'
  readonly parts: readonly Source[]
}

export const text: SourceModule<'text'> = {
  build: (said, whole, build) => ({ kind: 'text', parts: partsOf(said, whole.with ?? {}, build) }),
  text: ({ parts }, textOf) => ({ joined: parts.map(textOf) }),
  words: ({ parts }, words) =>
    parts.map((part) => (part.kind === 'literal' ? String(part.value) : `(${words(part)})`)).join(''),
  texts: (said, at) => [{ at: `${at}/text`, text: said, sort: 'literal' }],
  subjects: {},
  type: () => 'text',
  always: () => true,
  hasDefault: false,
  inputs: ({ parts }) => parts.filter(({ kind }) => kind !== 'literal'),
  examples: [
    {
      source: {
        text: '{section} | {plan}',
        with: { plan: { dataLayer: 'plan.type' }, section: { url: 'path' } },
      },
      words: '(page path) | (data layer key plan.type)',
    },
  ],
}

/** The names in braces that a text asks for. Braces around anything else are braces. */
export function placesIn(said: string): readonly string[] {
  return [...said.matchAll(PLACE)].map(([, name = '']) => name)
}

const PLACE = /\{([a-z][a-z0-9_]*)\}/g

function partsOf(
  said: string,
  sources: NonNullable<SourceObject['with']>,
  build: (source: SourceDocument) => Source,
): Source[] {
  // Every other part is a name, because the pattern has one group.
  return said.split(PLACE).flatMap((part, index): Source[] => {
    if (index % 2 === 0) return part === '' ? [] : [{ kind: 'literal', value: part }]
    const source = sources[part]
    return [source === undefined ? { kind: 'literal', value: `{${part}}` } : build(source)]
  })
}

/** The way back: a text with references in it; undefined where one of them cannot be said. */
export function joinedFromGtm(
  joined: string,
  read: (text: string) => SourceDocument | undefined,
): SourceObject | undefined {
  const variables = [...new Set(variablesIn(joined))]
  const literals = replaceReferences(joined, () => ' ')
  // A text that has a place of its own already, or braces that GTM would read: not to be said.
  if (variables.length === 0 || holdsBraces(literals) || placesIn(literals).length > 0) return undefined
  const names = new Map(variables.map((variable, index) => [variable, nameOf(index)]))
  const sources = variables.map((variable) => [names.get(variable) ?? '', read(`{{${variable}}}`)] as const)
  if (sources.some(([, source]) => source === undefined)) return undefined
  return {
    text: replaceReferences(joined, (variable) => `{${names.get(variable) ?? ''}}`),
    with: Object.fromEntries(sources) as NonNullable<SourceObject['with']>,
  }
}

/** a, b, ... z, a2, b2, ... */
function nameOf(index: number): string {
  const round = Math.floor(index / 26)
  return String.fromCharCode(97 + (index % 26)) + (round === 0 ? '' : String(round + 1))
}

/** The sources of a text that stand in `with`, with their places. @param at of the source. */
export function withSaid({ with: sources = {} }: SourceObject, at: string) {
  return Object.entries(sources).map(([name, value]) => ({ at: at + pointerOf('with', name), value }))
}
