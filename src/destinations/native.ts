/** What the views of GTM's own tags of vendors have in common. */
import type { View } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import type { Given, GivenEvent } from './module.ts'

/** A field of a tag; absent where there is no source. */
export function field(name: string, source: Source | undefined, { textOf }: Given): View {
  return source === undefined ? {} : { [name]: textOf(source) }
}

/** The rows of a tag's table: the vendor's own, and what the plan says there in their place or beside. Their order means nothing. */
export function rows(
  own: { readonly [name: string]: Source | undefined },
  { parameters, textOf }: GivenEvent,
): readonly View[] {
  const said = Object.fromEntries(parameters.map(({ name, source }) => [name, source]))
  return Object.entries({ ...own, ...said })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, source]) => (source === undefined ? [] : [{ name, value: textOf(source) }]))
}
