/** What everything that deals with destinations asks of a kind. */
import type { Conversion, ConsentType, Plan } from '../plan/plan.ts'
import type { TagSpec } from '../resources/resource.ts'
import type { Text, View } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import type { DestinationKind } from './kinds.ts'

/** A tag before its key, its name, its triggers and its consent. */
export interface DestinationTag {
  /** In templates/gtm/tags. */
  readonly template: string
  readonly view: View
}

/** What a tag is made of. */
export interface Given {
  readonly plan: Plan
  /** The id at the vendor: a literal, or a variable that holds it. */
  readonly id: Text
  /** The text that stands for a source that `reads` named. */
  readonly textOf: (source: Source) => Text
  /** What GA4's tags share. */
  readonly eventSettings?: Text
  readonly transportUrl?: Text
}

export interface GivenEvent extends Given {
  readonly conversion: Conversion
  /** What the vendor knows it by: as the plan says, else by its own name for the event. */
  readonly name: string
}

/** What a tag in GTM turns out to be. */
export interface Recognised {
  /** The id of a base tag; undefined where the tag does not say it. */
  readonly id?: string
  /** What an event tag sends; undefined for a base. */
  readonly event?: string
}

export interface DestinationModule<K extends DestinationKind> {
  /** As the vendor calls itself. */
  readonly title: string
  /** The plan's ids of it, and one that shows it. */
  readonly id: { readonly pattern: RegExp; readonly example: string }
  /** A conversion may say `true` or a name; a vendor that gives each conversion an id of its own wants that. */
  readonly says: 'a name' | { readonly pattern: RegExp; readonly example: string }
  /** Consent without which its tags wait. */
  readonly consent: readonly ConsentType[]
  /** Whether its tags look at consent by themselves: then they wait only where the plan says so. */
  readonly adapts: boolean
  /** Its own names of GA4's events; an event without one keeps its name. */
  readonly names: { readonly [event: string]: string }
  /** The sources that the tag of a conversion reads beside the plan's parameters. */
  readonly reads: (conversion: Conversion) => readonly Source[]
  /** The tag that loads it, once a page. */
  readonly base: (given: Given) => DestinationTag
  /** The tag of one conversion, on the triggers that the conversion has. */
  readonly event: (given: GivenEvent) => DestinationTag
  /** The way back; undefined for a tag of something else. */
  readonly fromGtm: (spec: TagSpec) => Recognised | undefined
  /** What parameters of its tags are called in the plan; of tables, each row. */
  readonly labels: { readonly [parameter: string]: string }
  readonly rows: { readonly [parameter: string]: Row }
  readonly examples: readonly Example<K>[]
}

/** A table of GTM, row by row: `Parameter form_location`, and what it holds. */
export interface Row {
  readonly label: string
  readonly name: string
  readonly value: string
}

/** A conversion's event, what `send` says, and the tag that comes of it. */
export interface Example<K extends DestinationKind> {
  readonly kind: K
  readonly event: string
  readonly send: string | true
  readonly name: string
}
