/** What exists at Google, as one snapshot seen by one plan: resources, each with where it stands and whose it is. */
import type { Sent } from '../kinds/kind.ts'
import type { EntityKind, Ga4Kind, Key, Kind, Resource } from '../resources/resource.ts'
import type { Listed } from './listed.ts'

export interface Remote {
  /** Google's id; of a built-in variable its type, of a GA4 resource its full name: `properties/1/keyEvents/2`. */
  readonly id: string
  /** Changes with every write. */
  readonly fingerprint?: string
  /** As Google sent it. Only this folder looks into it; everybody else hands it on whole. */
  readonly sent: Sent
}

/** From whom it is seen what is whose. */
export interface Owner {
  /** The plan's id. */
  readonly plan: string
  /** The id that it had before: what is marked with that is the plan's as well. */
  readonly formerly?: string
}

/** A plan as an owner. @param was the id that it had before */
export function ownerFrom({ id, was }: { readonly id: string; readonly was?: string }): Owner {
  return { plan: id, ...(was === undefined ? {} : { formerly: was }) }
}

/** Whether a thing that is marked with that id is the plan's. */
export function isOf(owner: Owner | undefined, plan: string): boolean {
  return owner !== undefined && (plan === owner.plan || plan === owner.formerly)
}

/** Whether a version of that name may be one that the plan made; its description says so for sure. */
export function isVersionName({ plan, formerly }: Owner, name: string): boolean {
  return [plan, formerly].some((id) => id !== undefined && (name === id || name.startsWith(`${id} `)))
}

/** What says whose a thing is. It may be another plan's. */
export interface Mark {
  readonly plan: string
  readonly key: Key
  /** Of what was last applied. */
  readonly hash: string
  /** Google's id of the entity that it was written for. */
  readonly id?: string
  /** It was adopted, and keeps the name that it had. */
  readonly keepsName?: true
  /** The plan protected it when it was last applied. */
  readonly protected?: true
  /** It was there before the plan: kept up to date, never deleted. */
  readonly found?: true
  /** What stood there before the last apply, which may have been cut off before it changed that. */
  readonly was?: string
}

/**
 * A resource that exists. Its references are keys for what is the plan's own, names for everything else, and `#id` where
 * a name would not do. Its own key is that of its mark when it is the plan's, else `#id`.
 */
export type Live<K extends Kind = Kind> = {
  [P in K]: Resource<P> & {
    readonly remote: Remote
    readonly mark?: Mark
    /** Whether it is this plan's: its mark was made for it, and not copied or pasted. */
    readonly ours: boolean
    /** What people wrote into its notes. */
    readonly human: string
  }
}[K]

/** A thing of a kind that the product never writes: a template, a client, a zone, ... */
export interface Other {
  readonly kind: string
  readonly name: string
  readonly remote: Remote
}

/** What stands in one version of a container, or in a draft. */
export interface Container {
  readonly entities: readonly Live<EntityKind>[]
  readonly builtIns: readonly Live<'gtm/built-in-variable'>[]
  readonly others: readonly Other[]
}

export interface VersionFacts {
  readonly id: string
  readonly path: string
  readonly name: string
  readonly description: string
  readonly fingerprint?: string
}

/** That another plan uses a thing of GA4. */
export interface Ga4Use {
  readonly plan: string
  /** `GTM-XXXX`, where it is another one. */
  readonly container?: string
  /** See `ga4Identity`; of a single field of a setting see `settingIdentity`. */
  readonly identity: string
  /** Of what that plan wants it to be, where its list says so. */
  readonly hash?: string
}

/** Whether a container is for web pages, where alone a plan's things live; an export may not say. */
export function isForWeb({ usageContext }: { readonly usageContext: readonly string[] }): boolean {
  return usageContext.length === 0 || usageContext.includes('web')
}

export interface LiveState extends Owner {
  readonly container: {
    readonly path: string
    readonly publicId: string
    /** What it is for, in the API's words: `web`, `server`, `amp`, ... Empty when an export does not say. */
    readonly usageContext: readonly string[]
  }
  /** `properties/1` */
  readonly property: string
  /** `properties/1/dataStreams/2`: the web stream of the measurement id, where it was looked for and is there. */
  readonly stream?: string
  /** The newest version: what a new workspace starts from, and what is compared. */
  readonly version: VersionFacts
  /** The published version, when there is one and it was read. */
  readonly published?: VersionFacts & { readonly content: Container }
  readonly content: Container
  readonly ga4: readonly Live<Ga4Kind>[]
  /** What the plan wrote down of GA4, for every property that the container feeds. */
  readonly listed: Listed
  /** What other plans use on the property: those of the container, and of other containers where these were read. */
  readonly ga4Uses: readonly Ga4Use[]
  /** Lists of GA4 that were read, one request each; none where no property was looked at. */
  readonly ga4Reads: number
  /** GTM requests that reading took. */
  readonly gtmReads: number
}

/** Those of one kind. */
export function ofKind<K extends Kind>(
  resources: readonly Live[],
  kind: K,
): readonly Extract<Live, { readonly kind: K }>[] {
  return resources.filter(
    (resource): resource is Extract<Live, { readonly kind: K }> => resource.kind === kind,
  )
}

/** Whether GA4 was looked at: not so where a file stands for what is live. */
export function knowsGa4({ ga4Reads }: Pick<LiveState, 'ga4Reads'>): boolean {
  return ga4Reads > 0
}
