/** What is known of a kind of resource. Each kind has a file beside this one; `kinds.ts` has them all. */
import type { Ga4Collection } from '../facts/ga4-collections.ts'
import type { Plan } from '../plan/plan.ts'
import type { PlanPart } from '../resources/change-set.ts'
import { keyOf } from '../resources/key.ts'
import { renderDescription } from '../resources/marker.ts'
import type { RefsIn, RefsOut } from '../resources/parameters.ts'
import type { Said, Variables } from './said.ts'
import type { EntityKind, Ga4Kind, Key, Kind, Resource, SpecByKind } from '../resources/resource.ts'

/** An entity as Google sends it, or a part of one; nothing in it may be presumed. */
export type Sent = { readonly [field: string]: unknown }

/** The body of a request that writes a GTM entity. */
export type Body = Sent & { readonly name: string }

export interface KindModule<K extends Kind> {
  readonly title: string
  readonly titles: string
  /**
   * Where it says whose it is: in its notes, at the end of its description (with its id where nothing else fixed has it), in
   * the plan's list of key events; or nowhere, and then nothing of the kind is ever anybody's.
   */
  readonly mark: 'notes' | 'description' | 'description with id' | 'list of key events' | 'none'
  /** What becomes of what the plan made once the plan no longer has it. Archiving cannot be undone. */
  readonly removal: 'delete' | 'archive' | 'never'
  /** What it says, in the plan's words. @param variables what its references refer to. */
  readonly words: (resource: Resource<K>, variables: Variables) => Said
}

/** A kind of GTM's that has an id and notes. PUT and bulk_update replace the whole entity, so all that is to stay is written. */
export interface EntityModule<K extends EntityKind> extends KindModule<K> {
  /** Google's name for the kind: of its list in a version, of an entity in a bulk update. */
  readonly list: 'folder' | 'customTemplate' | 'variable' | 'trigger' | 'tag'
  readonly idField: string
  /** Where its notes stand; left out: in the field `notes`. */
  readonly notesIn?: (sent: Sent) => string
  /** The same with other notes, none where they are empty; left out: in the field `notes`. */
  readonly withNotes?: (sent: Sent, notes: string) => Sent
  readonly fromWire: (sent: Sent, refs: RefsIn) => SpecByKind[K]
  /** @param notes the whole notes text, marker included; left out when empty. Ids and fingerprints are added by whoever sends it. */
  readonly toWire: (resource: Pick<Resource<K>, 'name' | 'spec'>, notes: string, refs: RefsOut) => Body
}

/** A kind of GA4's. */
export interface Ga4Module<K extends Ga4Kind> extends KindModule<K> {
  /** What the plan wants of the kind. */
  readonly compile: (plan: Plan) => readonly Resource<K>[]
  /** Where it stands: in the property, or in the web stream that the environment sends to. */
  readonly at: 'property' | 'stream'
  /** Whether a request names that stream. */
  readonly namesStream?: true
  /** Google's name for the list or the settings. */
  readonly collection: Ga4Collection
  /** There is one in every property, always: it is compared and updated, never created or deleted. */
  readonly singleton: boolean
  /** Whether the plan says anything of the kind: otherwise it is not even read. `always`: of it any plan may have had something. */
  readonly isAsked: 'always' | ((plan: Plan) => boolean)
  /** The last part of its keys. */
  readonly facet: string
  /** The part of the plan that a thing of it is told under once it has left the plan. */
  readonly subject: PlanPart['what']
  /** Whether live tags may still send what it stands for: then it is archived only once the container without it is live. */
  readonly sentByTags: boolean
  /** How many of it a standard property holds, everybody's together; a property of 360 may hold more. */
  readonly most?: number
  /** Fields that Google never lets anybody change: with another value it is another thing, and the old one goes first. */
  readonly fixed: readonly string[]
  /** What is lost with that, in a sentence; where nothing is fixed, nothing is. */
  readonly replacing?: string
  /** What fields are called, where something is said of one alone. */
  readonly labels?: { readonly [field: string]: string }
  /** What a change of a field does beside what it says, a sentence each. */
  readonly effects?: { readonly [field: string]: string }
  /** Fields that Google takes only all at once: those that do not change go along as they are. */
  readonly together?: readonly (readonly string[])[]
  /** Kinds that a thing of this one may refer to: it is written after them. */
  readonly after?: readonly Ga4Kind[]
  /** Whether GA4 takes one only once somebody has agreed to something on its page: it is written last, so that nothing waits for that. */
  readonly waitsForConsent?: boolean
  /** What makes it that one, for good. */
  readonly identity: (resource: Pick<Resource<K>, 'key' | 'spec'>) => string
  /** What it was known by when it had that id in the plan; left out where the plan's key, or nothing, makes it that one. */
  readonly formerIdentity?: (id: string) => string
  /** What it is called, from its fields. */
  readonly nameOf: (spec: SpecByKind[K]) => string
  /** The id in its key, where the mark does not say it. */
  readonly idOf: (spec: SpecByKind[K]) => string
  readonly fromWire: (sent: Sent) => SpecByKind[K]
  /** Every field of a request, without the mark. @param stream where one has just been looked for, its full name */
  readonly toWire: (spec: SpecByKind[K], stream?: string) => Sent
  /** The request's field that holds a field of the spec, where the two are called differently. */
  readonly wireFields: { readonly [field: string]: string }
}

/** The key of a thing of GA4. Ids of our own have a hyphen, so that they never meet one of the plan's. */
export function ga4Key(plan: Plan, id: string, facet: string): Key {
  return keyOf({ plan: plan.id, id, facet })
}

/** What is sent to GA4, with a mark in its description. */
export function withMark(sent: Sent, marker: Parameters<typeof renderDescription>[1]): Sent {
  return { ...sent, description: renderDescription(textOf(sent.description), marker) }
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
