/** The rows of lookup and pattern tables. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Value } from '../resources/resource.ts'
import type { View } from './gtm.ts'
import type { HeldText } from './held-text.ts'
import type { Place } from './module.ts'
import type { Row, Scalar } from './source.ts'
import { quotedIfEmpty } from './words.ts'

type Said = { readonly [key: string]: Scalar }

export function rowsOf(map: Said): Row[] {
  return Object.entries(map).map(([key, value]) => ({ key, value }))
}

export function rowsView(rows: readonly Row[]): View[] {
  return rows.map(({ key, value }) => ({ key, value: String(value) }))
}

/** The way back; undefined when a row is not of two texts, or two have the same key. */
export function rowsFrom(map: Value | undefined): { [key: string]: string } | undefined {
  if (!Array.isArray(map)) return undefined
  const entries = (map as readonly { readonly key?: unknown; readonly value?: unknown }[]).map(
    ({ key, value }) => [key, value] as const,
  )
  const texts = entries.filter(
    (entry): entry is readonly [string, string] =>
      typeof entry[0] === 'string' && typeof entry[1] === 'string',
  )
  const rows = new Map(texts)
  return rows.size === map.length ? Object.fromEntries(rows) : undefined
}

export function rowsWords(rows: readonly Row[]): string {
  return rows.map(({ key, value }) => `${quotedIfEmpty(key)} → ${quotedIfEmpty(String(value))}`).join(', ')
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
  return Object.entries(map).map(([key, value]) => ({ at: at + pointerOf(key), value }))
}
