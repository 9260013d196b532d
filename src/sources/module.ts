/** What everything that deals with sources asks of a kind. */
import type { Pointer } from '../plan/diagnostic.ts'
import type { Source as SourceDocument } from '../plan/plan-types.ts'
import type { VariableSpec } from '../resources/resource.ts'
import type { GtmVariable, Text } from './gtm.ts'
import type { HeldText } from './held-text.ts'
import type { SourceByKind } from './kinds.ts'
import type { Said, Scalar, Source, SourceKind, SourceObject } from './source.ts'

/** What a variable serves; tables and scripts are known by it. */
export interface Serving {
  /** `` a parameter, `-when` a condition, `-from` the input of another table. */
  readonly role: '' | '-when' | '-from'
  /** The parameter, or the conversion whose condition it is. */
  readonly label: string
  readonly labelWas?: string
}

/** What a value is when it arrives in a condition; `any` when nobody can know. */
export type ValueType = 'text' | 'number' | 'element' | 'any'

/** How a condition names the source as its subject: the test stands below the key, or below a name in it. */
export type Subject<K extends SourceKind = SourceKind> =
  | { readonly test: 'at once'; readonly source: SourceByKind[K] }
  /** `part`: one of GTM's words. `name`: the plan's or the site's own. */
  | { readonly test: 'below a part' | 'below a name'; source(name: string): SourceByKind[K] }

/** A place in the plan's source, and what stands there. */
export interface Place<T> {
  readonly at: Pointer
  readonly value: T
}

/** What a source reads. */
export interface Input extends Place<SourceDocument> {
  /** It chooses among other values, and is none itself. */
  readonly isCompared?: true
}

/** Written as methods, so that the module of a source's own kind takes that source without a cast. */
export interface SourceModule<K extends SourceKind = SourceKind> {
  /** From what the plan says, with defaults filled in. @param build for sources inside. */
  build(said: Said<K>, whole: SourceObject, build: (source: SourceDocument) => Source): SourceByKind[K]
  /** A built-in variable, somebody else's, or a text that joins others; undefined when one of our own is needed. */
  text?(source: SourceByKind[K], textOf: (source: Source) => Text): Text | undefined
  /** The variable that reads it. @param textOf gives the texts of the inputs. */
  variable?(source: SourceByKind[K], serving: Serving, textOf: (source: Source) => Text): GtmVariable
  /** The way back: what a built-in variable reads, by its type. */
  fromBuiltIn?(type: string): SourceObject | undefined
  /** The way back: what a variable reads, naive; undefined when it is not of this kind. @param read for its inputs. */
  fromGtm?(
    variable: VariableSpec,
    read: (text: string) => SourceDocument | undefined,
  ): SourceObject | undefined
  words(source: SourceByKind[K], words: (source: Source) => string): string
  /** The same for people who know neither CSS nor the data layer; left out where the words are plain. */
  plain?(source: SourceByKind[K]): string
  /** The texts in it that GTM will hold. @param serves the parameter that it fills. */
  texts(said: Said<K>, at: Pointer, serves: string): readonly HeldText[]
  readonly subjects: { readonly [subject: string]: Subject<K> }
  type(source: SourceByKind[K]): ValueType
  /** Whether there is a value on every page, so that nothing is ever missing. */
  always?(source: SourceByKind[K]): boolean
  /** Of an address, the signs that browsers keep in percent signs (`/caf%C3%A9`). */
  encoded?(source: SourceByKind[K]): RegExp | undefined
  /** What it makes of itself of values that would do harm as they are, as a plan would say it. */
  readonly format?: NonNullable<SourceObject['format']>
  /** Whether GTM's variable has a default. */
  readonly hasDefault: boolean
  /** What it reads other sources for. */
  inputs?(source: SourceByKind[K]): readonly Source[]
  /** The same in the document, with their places. */
  inputsSaid?(said: Said<K>, at: Pointer): readonly Input[]
  /** The values it gives, where they stand in the plan. */
  results?(said: Said<K>, at: Pointer): readonly Place<Scalar>[]
  readonly examples: readonly { readonly source: SourceObject; readonly words: string }[]
}
