/** What GTM's own tags of vendors have in common. */
import type { Value } from '../resources/resource.ts'
import type { TemplateValues } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import type { Given, GivenEvent, SaidInGtm } from './module.ts'

/** A field of a tag; absent where there is no source. */
export function field(name: string, source: Source | undefined, { textOf }: Given): TemplateValues {
  return source === undefined ? {} : { [name]: textOf(source) }
}

/**
 * The rows of a tag's table: the vendor's own, and what the plan says there in their place or beside; `nothing`: no such row. Their order
 * means nothing.
 */
export function rows(
  own: { readonly [name: string]: Source | undefined },
  { parameters, textOf }: GivenEvent,
): readonly TemplateValues[] {
  const said = Object.fromEntries(parameters.map(({ name, source }) => [name, source]))
  return Object.entries({ ...own, ...said })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, source]) =>
      source === undefined || source.kind === 'nothing' ? [] : [{ name, value: textOf(source) }],
    )
}

/** The way back of a field; nothing where it is absent or empty. */
export function textIn(name: 'value' | 'currency' | 'id' | 'userData', value: Value | undefined): SaidInGtm {
  return typeof value === 'string' && value !== '' ? { [name]: value } : {}
}

/** The way back of a table's rows. @param columns what the vendor's table calls name and value */
export function rowsIn(
  table: Value | undefined,
  { name, value }: { readonly name: string; readonly value: string },
): SaidInGtm {
  if (!Array.isArray(table)) return {}
  const found = (table as readonly { readonly [field: string]: Value }[]).flatMap((row) =>
    typeof row[name] === 'string' && typeof row[value] === 'string' ? [[row[name], row[value]] as const] : [],
  )
  return found.length === 0 ? {} : { parameters: Object.fromEntries(found) }
}
