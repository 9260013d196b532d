/**
 * The Plan: a checked plan document for one environment, whole, with defaults filled in, `${NAME}` resolved and every
 * flat "one key of many" object turned into a tagged union, so that nothing behind it asks what is missing.
 */
import type { ParameterValue } from '../sources/build.ts'
import type { Condition } from '../sources/condition.ts'
import type { Source } from '../sources/source.ts'
import type { Trigger } from '../triggers/trigger.ts'
import type { Pointer } from './diagnostic.ts'
import type { EntityFile } from './entities.ts'
import type {
  Audience as AudienceDocument,
  Benchmark,
  Consent,
  Destination as DestinationDocument,
  EnhancedMeasurement,
  Environment as EnvironmentDocument,
  Experiment as ExperimentDocument,
  Goal as GoalDocument,
  Ignore,
  Market as MarketDocument,
  Micro as MicroDocument,
  Naming,
  ParameterDefinition,
  PartTarget,
  PlanDocument,
  Property,
  Stage as StageDocument,
  Target,
} from './plan-types.ts'

type Review = NonNullable<PlanDocument['review']>

export type ConsentType = NonNullable<Consent['requires']>[number]

export interface Plan {
  readonly id: string
  /** What it was called before: what it made under that id is its own. */
  readonly was?: string
  /** The plan file as the user named it, with forward slashes; it stands in GTM's notes. */
  readonly file: string
  readonly title: string
  readonly description?: string
  /** Who answers for what names no owner of its own. */
  readonly owner?: string
  readonly currency?: string
  readonly timezone?: string
  readonly review: Review
  /** How long a micro conversion counts towards a goal, in days. */
  readonly attributionDays?: number
  readonly site: {
    readonly hosts: readonly string[]
    readonly singlePageApp: boolean
    readonly languages: readonly string[]
  }
  readonly googleTag: 'managed' | 'existing'
  /** The plan is not finished. */
  readonly draft: boolean
  /** What decides on the page where events are sent, in place of the environment's measurement id. */
  readonly measurementIdFrom?: Source
  readonly consent: {
    readonly mode: 'none' | 'basic' | 'advanced'
    readonly requires: readonly ConsentType[]
    /** What the consent tool pushes when a visitor agrees. */
    readonly updateEvent?: string
    /** Whether a tag of the plan's sets the defaults. */
    readonly defaultsTag: boolean
    readonly defaults: { readonly [type: string]: 'granted' | 'denied' }
  }
  /** What holds before visitors have chosen, by ISO 3166-2, `EEA` or `other`. Empty where the plan leaves it to the site. */
  readonly consentRegions: {
    readonly [region: string]: 'granted' | 'denied' | { readonly [type: string]: 'granted' | 'denied' }
  }
  readonly enhancedMeasurement: EnhancedMeasurement
  /** What the plan states of the GA4 property. */
  readonly property: Property
  readonly destinations: readonly Destination[]
  /** Those of the environment, by id; none where the plan knows no markets. */
  readonly markets: readonly Market[]
  /** What holds the market of a page. */
  readonly marketFrom?: Source
  /** What visitors have told about themselves, for destinations that ask for it. */
  readonly userData: readonly UserData[]
  /** What tells one occurrence from another, for every destination. */
  readonly eventId?: Source
  /** Taken in as they are. */
  readonly entities: readonly EntityFile[]
  /** Absent where the plan says nothing of audiences, and then nobody looks at GA4's. */
  readonly audiences?: readonly Audience[]
  /** The environment that the plan is compiled for. */
  readonly environment: Environment
  /** All environments in the same GTM container, the compiled one among them, in the order of the file. */
  readonly containerEnvironments: readonly Environment[]
  readonly parameters: readonly Parameter[]
  readonly sharedParameters: readonly ParameterValue[]
  readonly userProperties: readonly ParameterValue[]
  readonly naming: Naming
  /** Titles of touchpoints, by id. */
  readonly touchpoints: ReadonlyMap<string, string>
  readonly goals: readonly Goal[]
  readonly stages: readonly Stage[]
  readonly experiments: readonly Experiment[]
  readonly ignore: readonly Ignore[]
}

/** A vendor's tool that hears of conversions beside GA4. */
export interface Destination extends Readonly<
  Omit<DestinationDocument, 'id' | 'sends' | 'html' | 'trigger' | 'with'>
> {
  readonly id: string
  readonly at: Pointer
  /** What the vendor calls the site, account or pixel; empty where it needs none. */
  readonly vendorId: string
  /** What it calls those of the markets, where one has its own. */
  readonly vendorIdFrom?: Source
  readonly sends: 'goals' | 'listed'
  /** Of the kind html: what runs on the site, and when, where it has a trigger of its own. */
  readonly html?: string
  readonly trigger?: Trigger
  /** What its `{{name}}` stand for. */
  readonly with: readonly ParameterValue[]
}

export interface UserData {
  readonly id: string
  readonly at: Pointer
  /** By the plan's names: `email`, `phone`, `firstName`. */
  readonly fields: readonly ParameterValue[]
}

/** What `send` says for one destination. */
export interface Sent {
  readonly as?: string
  /** What it is called in the accounts of markets, where one has its own. */
  readonly asFrom?: Source
  readonly value?: Source | false
  readonly currency?: Source
  readonly id?: Source | false
  readonly userData?: string
  /** Whether Google Ads bids on it. */
  readonly primary?: boolean
  readonly parameters: readonly ParameterValue[]
}

/** Which pages are its own, and what is different there. */
export interface Market extends Readonly<
  Omit<MarketDocument, 'environment' | 'hosts' | 'when' | 'default' | 'destinations' | 'targets'>
> {
  readonly id: string
  readonly at: Pointer
  /** Those that are its own; none for a market that shares them with others. */
  readonly environments: readonly string[]
  readonly hosts: readonly string[]
  readonly when: readonly Condition[]
  readonly isDefault: boolean
  /** The id at the vendor, by the id of the destination. */
  readonly destinations: { readonly [destination: string]: string }
  readonly targets: { readonly [conversion: string]: Target }
}

/** Its rule in ids of conversions, in the order of the file; or in GA4's own form. */
export interface Audience {
  readonly id: string
  readonly at: Pointer
  readonly title: string
  readonly description?: string
  readonly was?: string
  readonly did: readonly string[]
  readonly didNot: readonly string[]
  readonly inOrder: readonly string[]
  readonly withinDays?: number
  readonly keptDays: number
  /** What GA4 logs when a visitor joins. */
  readonly event?: string
  readonly filter?: Exclude<AudienceDocument['filter'], string | undefined>
}

export interface Environment extends Readonly<
  Omit<EnvironmentDocument, 'hosts' | 'protected' | 'transportUrl'>
> {
  readonly id: string
  readonly at: Pointer
  readonly hosts: readonly string[]
  readonly protected: boolean
  readonly transportUrl?: string
}

/** An entry of the dictionary of event parameters. */
export interface Parameter {
  readonly name: string
  readonly at: Pointer
  readonly definition: ParameterDefinition
}

export interface Stage extends Readonly<Omit<StageDocument, 'micro'>> {
  readonly id: string
  readonly at: Pointer
  readonly micros: readonly Micro[]
}

export interface Experiment extends Readonly<ExperimentDocument> {
  readonly id: string
  readonly at: Pointer
}

/** Fields of the file that are not taken as they stand: they have defaults, or another form. */
type Formed =
  | 'event'
  | 'trigger'
  | 'parameters'
  | 'userProperties'
  | 'ecommerce'
  | 'paused'
  | 'source'
  | 'collectedBy'
  | 'fires'
  | 'counting'
  | 'benchmarks'
  | 'targets'
  | 'measurementIdFrom'
  | 'eventFrom'
  | 'userData'
  | 'send'

interface ConversionBase {
  readonly id: string
  readonly at: Pointer
  /** Absent when the conversion is planned but not collected in GA4. */
  readonly event?: string
  /** Present exactly when a tag of this plan collects it. */
  readonly trigger?: Trigger
  readonly parameters: readonly ParameterValue[]
  readonly userProperties: readonly ParameterValue[]
  readonly ecommerce: boolean
  readonly paused: boolean
  readonly source: 'ga4' | 'crm' | 'vendor' | 'product' | 'server'
  readonly collectedBy: 'tag' | 'enhanced_measurement' | 'automatic' | 'site' | 'event_rule'
  readonly fires: 'once_per_event' | 'once_per_page' | 'unlimited'
  readonly benchmarks: readonly Benchmark[]
  /** By channel, device or market of the environment, those that stand in the markets among them. */
  readonly targets: readonly PartTarget[]
  /** What decides on the page what it is called; `event` is the name that is expected. */
  readonly eventFrom?: Source
  /** What holds the visitor's own data, sent along. */
  readonly userData?: Source
  /** Where it is sent, when that is not where the plan's other events go. */
  readonly measurementIdFrom?: Source
  /** By the id of the destination; `false` for not there. */
  readonly send: { readonly [destination: string]: Sent | false }
  /** What one is worth in the plan's currency: as the file says, else its weight's share of its goal. */
  readonly worth?: number
  /** Present exactly when it is to be a GA4 key event. `value` in the plan's currency. */
  readonly keyEvent?: { readonly counting: 'once_per_event' | 'once_per_session'; readonly value?: number }
}

/** Everything else of a conversion stands in it as in the file. */
export interface Goal extends ConversionBase, Readonly<Omit<GoalDocument, Formed | 'primary'>> {
  readonly tier: 'goal'
  readonly primary: boolean
}

export interface Micro extends ConversionBase, Readonly<Omit<MicroDocument, Formed | 'keyEvent' | 'onsite'>> {
  readonly tier: 'micro'
  readonly stage: string
  /** Whether it happens on the site, not in an e-mail, a push message or a phone call. */
  readonly onsite: boolean
}

export type Conversion = Goal | Micro

/** The hosts of the environment; where it names none, the site's. */
export function hostsOf({ environment, site }: Pick<Plan, 'environment' | 'site'>): readonly string[] {
  return environment.hosts.length > 0 ? environment.hosts : site.hosts
}

/** Goals first, then the micro conversions stage by stage: the order of the file. */
export function conversionsOf(plan: Plan): readonly Conversion[] {
  return [...plan.goals, ...plan.stages.flatMap((stage) => stage.micros)]
}
