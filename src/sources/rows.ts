/** The rows of lookup and pattern tables. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Source as SourceDocument } from '../plan/plan-types.ts'
import { holdsBraces } from '../resources/braces.ts'
import type { Value } from '../resources/resource.ts'
import { asAddress } from './addresses.ts'
import type { Text, TemplateValues } from './gtm.ts'
import type { HeldText } from './held-text.ts'
import type { Place } from './module.ts'
import type { Row, Scalar, Source } from './source.ts'
import { quotedIfEmpty } from './words.ts'

type Said = { readonly [key: string]: SourceDocument }

export function rowsOf(map: Said, build: (source: SourceDocument) => Source): Row[] {
  return Object.entries(map).map(([key, value]) => ({ key, value: build(value) }))
}

/** The same of plain texts, which are compared with what `from` reads. */
export function plainRowsOf(map: Said, from: Source, build: (source: SourceDocument) => Source): Row[] {
  return rowsOf(map, build).map((row) => withEncoded(row, asAddress(from, row.key)))
}

export function withEncoded(row: Row, encoded: string): Row {
  return encoded === row.key ? row : { ...row, encoded }
}

export function rowsValues(rows: readonly Row[], textOf: (source: Source) => Text): TemplateValues[] {
  return rows.map((row) => ({ key: writtenKey(row), value: textOf(row.value) }))
}

/** As GTM is to compare it. */
export function writtenKey({ key, encoded = key }: Row): string {
  return encoded
}

/** The results that are no literals. */
export function rowInputs(rows: readonly Row[]): Source[] {
  return rows.map(({ value }) => value).filter(({ kind }) => kind !== 'literal')
}

export function rowInputsSaid(map: Said, at: Pointer): Place<SourceDocument>[] {
  return Object.entries(map).flatMap(([key, value]) =>
    typeof value === 'object' ? [{ at: at + pointerOf(key), value }] : [],
  )
}

/** The way back; undefined when a key is no text, a value cannot be said, or two rows have the same key. */
export function rowsFrom(
  map: Value | undefined,
  read: (text: string) => SourceDocument | undefined,
): { [key: string]: SourceDocument } | undefined {
  if (!Array.isArray(map)) return undefined
  const entries = (map as readonly { readonly key?: unknown; readonly value?: unknown }[]).map(
    ({ key, value }) => [key, value] as const,
  )
  const texts = entries.flatMap(([key, value]) => {
    const said = typeof value === 'string' ? read(value) : undefined
    return typeof key !== 'string' || holdsBraces(key) || said === undefined ? [] : [[key, said] as const]
  })
  const rows = new Map(texts)
  return rows.size === map.length ? Object.fromEntries(rows) : undefined
}

export function rowsWords(rows: readonly Row[], words: (source: Source) => string): string {
  const result = (value: Source): string =>
    value.kind === 'literal' ? quotedIfEmpty(String(value.value)) : words(value)
  return rows.map(({ key, value }) => `${quotedIfEmpty(key)} → ${result(value)}`).join(', ')
}

/** @param at of the map; the keys are patterns or literals. @param serves what the table is read for. */
export function rowTexts(
  map: Said,
  at: Pointer,
  keys: 'pattern' | 'literal',
  serves: string,
): readonly HeldText[] {
  return Object.entries(map).flatMap(([key, value]): HeldText[] => {
    const row = at + pointerOf(key)
    return [
      { at: row, about: 'key', text: key, sort: keys, on: serves },
      ...(typeof value === 'string' ? [{ at: row, text: value, sort: 'literal' } as const] : []),
    ]
  })
}

export function rowResults(map: Said, at: Pointer): readonly Place<Scalar>[] {
  return Object.entries(map).flatMap(([key, value]) =>
    typeof value === 'object' ? [] : [{ at: at + pointerOf(key), value }],
  )
}
