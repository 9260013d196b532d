/**
 * Where a value comes from. The plan writes one key of many (`{ dataLayer: plan.type }`); here it is a tagged union,
 * whose kinds are the keys of the language.
 */
import type { Source as SourceDocument } from '../plan/plan-types.ts'
import type { Format } from './format.ts'
import type { SourceByKind } from './kinds.ts'

export type Scalar = string | number | boolean

/** A source that is no literal, as the plan writes it: exactly one kind, and perhaps what goes with it. */
export type SourceObject = Exclude<SourceDocument, Scalar>
/** Keys beside that of the kind. */
export const COMPANIONS = ['with', 'version', 'format', 'default'] as const satisfies (keyof SourceObject)[]
export type SourceKind = Exclude<keyof SourceObject, (typeof COMPANIONS)[number]>
/** What the plan writes behind a kind's key. */
export type Said<K extends SourceKind> = NonNullable<SourceObject[K]>

export interface Literal {
  readonly kind: 'literal'
  readonly value: Scalar
}

/** How what is read is turned into the value. */
export interface Read {
  readonly format?: Format
  /** It is compared as a text: where there is no value, that text is empty (GTM would take `undefined`). */
  readonly compared?: true
}

export type Source = Literal | (SourceByKind[SourceKind] & Read)

/** A row of a table: what is looked up, and the value it gives. */
export interface Row {
  readonly key: string
  /** The key as it stands in an address, where that differs. */
  readonly encoded?: string
  readonly value: Source
}
