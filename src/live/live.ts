/** What exists at Google, as one snapshot: plain data, Google's own shapes, nothing decided yet. */

/** An entity as Google sent it. */
export type Wire = { readonly [field: string]: unknown }

/** The kinds of GTM entity that the product writes and that have an id. */
export const ENTITY_KINDS = ['folder', 'variable', 'trigger', 'tag'] as const
export type EntityKind = (typeof ENTITY_KINDS)[number]
export type GtmKind = `gtm/${EntityKind}`

export const ID_FIELDS: { readonly [K in EntityKind]: string } = {
  folder: 'folderId',
  variable: 'variableId',
  trigger: 'triggerId',
  tag: 'tagId',
}

export type Content = { readonly [K in EntityKind]: readonly Wire[] } & {
  readonly builtInVariable: readonly Wire[]
  /** What the product never writes, by kind: templates, clients, zones, ... */
  readonly other: { readonly [kind: string]: readonly Wire[] }
}

export interface LiveState {
  readonly container: { readonly path: string; readonly publicId: string }
  /** `properties/1` */
  readonly property: string
  /** The newest version: what a new workspace starts from, and what is compared. */
  readonly version: VersionFacts
  /** The published version, when there is one. */
  readonly published?: VersionFacts
  readonly content: Content
  readonly keyEvents: readonly Wire[]
  readonly customDimensions: readonly Wire[]
  readonly customMetrics: readonly Wire[]
  /** GTM requests that reading took. */
  readonly gtmReads: number
}

export interface VersionFacts {
  readonly id: string
  readonly path: string
  readonly name: string
  readonly description: string
}

export function idOf(kind: EntityKind, wire: Wire): string {
  return textOf(wire[ID_FIELDS[kind]])
}

export function nameOf(wire: Wire): string {
  return textOf(wire.name)
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
