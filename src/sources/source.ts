/**
 * Where a value comes from. The plan writes one key of many (`{ dataLayer: plan.type }`); here it is a tagged union,
 * whose kinds are the keys of the language.
 */
import type { Source as SourceDocument } from '../plan/plan-types.ts'
import type { SourceByKind } from './kinds.ts'

export type Scalar = string | number | boolean

/** A source that is no literal, as the plan writes it: exactly one kind, and perhaps a default. */
export type SourceObject = Exclude<SourceDocument, Scalar>
export type SourceKind = Exclude<keyof SourceObject, 'default'>
/** What the plan writes behind a kind's key. */
export type Said<K extends SourceKind> = NonNullable<SourceObject[K]>

export interface Literal {
  readonly kind: 'literal'
  readonly value: Scalar
}

export type Source = Literal | SourceByKind[SourceKind]

/** A row of a table: what is looked up, and the value it gives. */
export interface Row {
  readonly key: string
  readonly value: Scalar
}
