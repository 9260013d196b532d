/** A tag of a vendor's template from the gallery: its parameters as GTM's, in the types that the template asks for. */
import type { Text, TemplateValues } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import type { DestinationTag, Given, GivenEvent } from './module.ts'

/** Rows of a table. What has no value is left out. */
export interface Table {
  readonly name: string
  readonly value: string
  readonly rows: readonly (readonly [name: string, value: Text | undefined])[]
}

export function ofGallery({
  texts,
  flags = {},
  tables = {},
}: {
  readonly texts: { readonly [parameter: string]: Text | undefined }
  readonly flags?: { readonly [parameter: string]: boolean }
  readonly tables?: { readonly [parameter: string]: Table }
}): DestinationTag {
  return {
    template: 'gallery',
    values: {
      texts: said(Object.entries(texts)),
      flags: Object.entries(flags).map(([key, value]) => ({ key, value: String(value) })),
      tables: Object.entries(tables)
        .map(([key, { name, value, rows }]) => ({
          key,
          rows: said(rows).map(({ key: of, value: text }) => ({ name, of, value, text })),
        }))
        .filter(({ rows }) => rows.length > 0),
    },
  }
}

function said(
  pairs: readonly (readonly [string, Text | undefined])[],
): readonly (TemplateValues & { readonly key: string; readonly value: Text })[] {
  // A name stands in a table once: what the plan says of it, last, is what counts.
  return [...new Map(pairs)].flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]))
}

/** What the plan says beside what a conversion carries, as rows. */
export function rowsSaid({ parameters, textOf }: GivenEvent): Table['rows'] {
  return parameters.map(({ name, source }) => [name, textOf(source)])
}

/** The text of a source, where there is one. */
export function textFrom(source: Source | undefined, { textOf }: Given): Text | undefined {
  return source && textOf(source)
}
