/** What everything that deals with destinations asks of a kind. */
import type { Conversion, ConsentType, Destination, Plan } from '../plan/plan.ts'
import type { UserData } from '../plan/plan-types.ts'
import type { TagSpec, Value } from '../resources/resource.ts'
import type { ParameterValue } from '../sources/build.ts'
import type { Text, TemplateValues } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import type { Carried, CarriedName } from './carried.ts'
import type { DestinationKind } from './kinds.ts'

/** A tag before its key, its name, its triggers and its consent. */
export interface DestinationTag {
  /** In templates/gtm/tags. */
  readonly template: string
  readonly values: TemplateValues
}

/** A tag of every page. */
export interface BaseTag extends DestinationTag {
  /** What it is for, where there are several. The one without is the set-up tag of the vendor's events. */
  readonly part?: string
  /** Where on the page it has its place; left out: with the page view. */
  readonly on?: 'initialization' | 'own trigger' | 'route'
  /** What it is called after, where the vendor's name tells nobody which it is. */
  readonly called?: string
  /** Its code looks whether it was there already, so it may run as often as it likes and still loads the vendor once. */
  readonly guarded?: true
  /** One is enough for all of the vendor's accounts in a container. */
  readonly shared?: true
}

/** What a tag is made of. */
export interface Given {
  readonly plan: Plan
  /** The id at the vendor: a literal, or a variable that holds it. */
  readonly id: Text
  /** What else the plan says of the destination. */
  readonly options: DestinationOptions
  /** The text that stands for a source: one of those below, a parameter of the conversion, or one that `reads` named. */
  readonly textOf: (source: Source) => Text
  readonly userData?: GivenUserData
  /** What GA4's tags share. */
  readonly eventSettings?: Text
  readonly transportUrl?: Text
}

export type DestinationOptions = Partial<Destination>

/** The visitor's own data: each field as a source, and Google's variable of them where the vendor takes that. */
export interface GivenUserData {
  readonly fields: { readonly [F in UserDataField]?: Source }
  readonly variable: Text
}

export type UserDataField = keyof UserData

export interface GivenEvent extends Given {
  readonly conversion: Conversion
  /** What the vendor knows it by: as the plan says, else by its own name for the event. */
  readonly name: string
  /** The same where a market has a name of its own for it; one of the sources that `reads` names. */
  readonly nameFrom?: Source
  /** Of what the conversion has, what `carries` names. */
  readonly carried: Carried
  /** What the plan has it say there beside that, in the vendor's words. */
  readonly parameters: readonly ParameterValue[]
}

/** What a tag in GTM turns out to be. */
export interface Recognised {
  /** The id of a base tag; undefined where the tag does not say it. */
  readonly id?: string
  /** What an event tag sends; undefined for a base. */
  readonly event?: string
  /** What a base is for, where the vendor has several. */
  readonly part?: string
}

/** What a tag in GTM says beside that: texts of GTM, as they stand there; a number where code holds one. */
export interface SaidInGtm {
  readonly value?: string | number
  readonly currency?: string
  /** What tells one occurrence from another. */
  readonly id?: string
  /** Google's variable of the visitor's own data. */
  readonly userData?: string
  /** The visitor's own data field by field. */
  readonly fields?: { readonly [F in UserDataField]?: string }
  /** What else goes along, in the vendor's words. */
  readonly parameters?: { readonly [name: string]: string | number }
  readonly region?: NonNullable<Destination['region']>
  /** What was bought goes along. */
  readonly items?: true
  /** Nothing but the visitor's own data goes. */
  readonly alone?: true
}

/** The vendor's own template in the community gallery, and the tags that are made of it in place of ours. */
export interface GalleryModule extends Partial<
  Pick<DestinationModule<DestinationKind>, 'base' | 'carries' | 'reads'>
> {
  readonly owner: string
  readonly repository: string
  /** What its code and permissions weigh, counted in its file and rounded up: the code itself comes from the gallery only. */
  readonly bytes: number
  readonly event: DestinationModule<DestinationKind>['event']
  /** What a tag of it is; its parameters are the vendor's. */
  readonly fromGtm: (parameters: TagSpec['parameters']) => Recognised | undefined
}

export interface DestinationModule<K extends DestinationKind> {
  /** As the vendor calls itself. */
  readonly title: string
  /** The plan's ids of it, and one that shows it. */
  readonly id: { readonly pattern: RegExp; readonly example: string } | 'none'
  /** How the vendor's tags say that id, where they say it otherwise. */
  readonly idInTags?: (id: string) => string
  /** A conversion may say `true` or a name; a vendor that gives each conversion an id of its own wants that. */
  readonly says: 'a name' | 'nothing' | { readonly pattern: RegExp; readonly example: string }
  /** Consent without which its tags wait. */
  readonly consent: readonly ConsentType[]
  /** Whether its tags look at consent by themselves: then they wait only where the plan says so. */
  readonly adapts: boolean
  /** Of one whose tags say whether they do: whether this one does. */
  readonly inheritsConsent?: (spec: TagSpec) => boolean
  /** Its script has one queue in a page, which does not say whose account an event is for. */
  readonly oneAccount?: true
  /** Its own names of GA4's events; an event without one keeps its name. */
  readonly names: { readonly [event: string]: string }
  /** What it calls an event that it has no name for; left out: by the plan's name. */
  readonly unnamed?: string
  /** Keys of a destination, beside those of all, that it understands. */
  readonly options: readonly (keyof DestinationOptions)[]
  /** Of `region`, what it has; left out: all. */
  readonly regions?: readonly NonNullable<Destination['region']>[]
  /** What its tags carry of a conversion. */
  readonly carries: readonly CarriedName[]
  /** What `send` may say there under `parameters`; left out: whatever the plan likes to. */
  readonly parameters?: readonly string[]
  /** Its tags have one place for an id: the order's, and without one the occurrence's. */
  readonly oneId?: true
  /** Whether the vendor bids on what it is told, unless somebody makes it a secondary action there. */
  readonly counts?: 'primary'
  /** Whether the visitor's own data may go along: as Google's variable, or field by field. */
  readonly userData: 'variable' | 'fields' | 'none'
  /** Of the visitor's own data; left out: all. */
  readonly takes?: readonly UserDataField[]
  /** They go along as the vendor is loaded, once a page: no conversion can send others. */
  readonly takesThemOnce?: true
  /** They arrive as they are, where others hash them. */
  readonly plain?: true
  /** The sources that the tag of a conversion reads beside that and the conversion's parameters. */
  readonly reads: (given: Pick<GivenEvent, 'conversion' | 'carried' | 'nameFrom'>) => readonly Source[]
  /** Whether a market may have names of its own for conversions. */
  readonly namesByMarket?: true
  /** The tags of every page, which load it once. */
  readonly base: (given: Given) => readonly BaseTag[]
  /** The tag of one conversion, on the triggers that the conversion has. */
  readonly event: (given: GivenEvent) => DestinationTag
  /** The way back; undefined for a tag of something else. */
  readonly fromGtm: (spec: TagSpec) => Recognised | undefined
  /** And of what such a tag says beside its name; proposed, for compile to judge. */
  readonly said?: (spec: TagSpec) => SaidInGtm
  /** What GTM takes where a tag says nothing, by type and parameter; of all others `false` or nothing. */
  readonly unsaid?: { readonly [type: string]: { readonly [parameter: string]: Value } }
  /** GTM's own types of tag that are the vendor's. */
  readonly types: { readonly [type: string]: TagType }
  /** What parameters of its tags are called in the plan; of tables, each row. */
  readonly labels: { readonly [parameter: string]: string }
  readonly rows: { readonly [parameter: string]: Row }
  readonly examples: readonly Example<K>[]
  /** Only with `via: gallery`. Left out: of no template are the parameters known. */
  readonly gallery?: GalleryModule
}

/** What people call a type of tag: as GTM's list has it, and in a sentence. */
export interface TagType {
  readonly title: string
  readonly words: string
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
