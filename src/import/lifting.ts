/** What the steps of an import hand to each other. */
import type { Templates } from '../compile/templates.ts'
import type { EventOfTag } from '../lift/events-of.ts'
import type { World } from '../lift/meaning.ts'
import type { ReadContainer, ReadEntity } from '../lift/read-container.ts'
import type { Ignore, PlanDocument } from '../plan/plan-types.ts'
import type { TagSpec } from '../resources/resource.ts'
import type { TriggerNames } from './conversion.ts'
import type { Liftable } from './document.ts'
import type { ReadSource } from './said-sources.ts'
import type { VendorTag } from './vendor-tags.ts'

export interface ImportOptions {
  readonly templates: Templates
  /** As 2026-11-22: what is accepted at import is accepted for three months. */
  readonly today: string
  /** What was read from the property. */
  readonly ga4?: {
    readonly property: string
    readonly keyEvents: readonly string[]
    readonly parameters: NonNullable<PlanDocument['parameters']>
  }
}

/** An event of a tag on its way into the plan. */
export interface Candidate extends Liftable {
  readonly source: ReadEntity<TagSpec>
  readonly events: EventOfTag
}

export interface Context {
  readonly container: ReadContainer
  readonly world: World
  readonly read: ReadSource
  readonly options: ImportOptions
  readonly eventsOfTags: ReadonlyMap<ReadEntity<TagSpec>, readonly EventOfTag[]>
  readonly vendorTags: readonly VendorTag[]
  /** As `read`, where personal data has its place. */
  readonly readUserData: ReadSource
  /** Names of tags that others have fired before or after them. */
  readonly inSequence: ReadonlySet<string>
  readonly names: TriggerNames
}

/** What may have to be given up. */
export interface Choice {
  /** One settings variable of all tags becomes shared parameters. */
  readonly isShared: boolean
  /** A table of measurement ids by host becomes environments. */
  readonly byHost: boolean
  /** The plan makes the Google tag. */
  readonly managed: boolean
  /** What the property has registered stands in the dictionary. */
  readonly isRegistered: boolean
  readonly ignore: readonly Ignore[]
  /** Tags whose conditions name variables of the container instead of what those read. */
  readonly byName: ReadonlySet<ReadEntity<TagSpec>>
  /** Tags whose triggers are named and not said. */
  readonly byTrigger: ReadonlySet<ReadEntity<TagSpec>>
  /** What tags of vendors say that has to be spelled out under `send`. */
  readonly spelled: ReadonlyMap<ReadEntity<TagSpec>, ReadonlySet<string>>
  /** Accounts that something else than the plan loads. */
  readonly existing: ReadonlySet<string>
  /** Scripts that are taken as the code that they are. */
  readonly asHtml: ReadonlySet<ReadEntity<TagSpec>>
  /** Google's variables of user data become the plan's. */
  readonly isUserDataSaid: boolean
}
