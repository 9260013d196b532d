import type { Ga4Kind, Kind, SettingKind, SettingsSpec } from '../resources/resource.ts'
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import { getProperty, list, listDataStreams, searchChanges } from '../google/ga4.ts'
import { GA4, GA4_KINDS } from '../kinds/kinds.ts'
import {
  getVersion,
  latestVersionHeader,
  listContainers,
  listVersionHeaders,
  liveVersion,
  lookupContainer,
} from '../google/gtm.ts'
import type { WireVersion } from '../google/wire.ts'
import { containerOf } from './container.ts'
import type { Mover } from '../resources/change-set.ts'
import { ga4UsesIn } from './ga4-uses.ts'
import { NOTHING_LISTED, listedIn, streamOf, type Listed } from './listed.ts'
import { moversIn } from './movers.ts'
import { isForWeb, isVersionName } from './live.ts'
import type { Container, Ga4Use, Live, LiveState, Owner, VersionFacts } from './live.ts'
import { ga4ListOf, ga4Parent, propertyNumber, type Viewpoint } from './property.ts'

export interface Target extends Owner {
  /** `GTM-XXXX` */
  readonly container: string
  /** The number of the GA4 property. */
  readonly property: string
  /** The web stream, wherever anything that stands in one is asked for. */
  readonly measurementId?: string
  /** What the plan says something about; other kinds are read where any plan may have had something of them. */
  readonly asked?: readonly Kind[]
  /** What is published is not read: what is compared is the latest version. */
  readonly latestOnly?: boolean
}

/**
 * One snapshot of what exists: the container's latest version and GA4's lists. Three GTM requests, or four when the
 * published version is read, too, and is another one; what lies in workspaces is nobody's yet and is not looked at.
 */
export async function readLive(google: GoogleConnection, target: Target): Promise<LiveState> {
  const { plan, formerly, property, measurementId, asked = [] } = target
  const kinds = GA4_KINDS.filter((kind) => GA4[kind].isAsked === 'always' || asked.includes(kind))
  const owner: Owner = { plan, ...(formerly === undefined ? {} : { formerly }) }
  const looksForStream = kinds.some((kind) => GA4[kind].at === 'stream' || GA4[kind].namesStream === true)
  const findStream = (): Promise<string | undefined> =>
    webStream(google, `properties/${property}`, measurementId)
  const streamed = looksForStream ? findStream() : Promise.resolve(undefined)
  const [container, streamAsked, ...lists] = await Promise.all([
    readContainer(google, target, owner),
    streamed,
    ...kinds.map(async (kind) => {
      const stream = GA4[kind].at === 'stream' ? await streamed : undefined
      const parent = ga4Parent(kind, { property: `properties/${property}`, stream })
      return parent === undefined ? [] : list(google, GA4[kind].collection, parent)
    }),
  ])
  const listed = listedIn(container.content, owner) ?? (await lostListed(google, container, owner))
  const from = viewpoint(owner, property, listed)
  // Of the stream the plan states nothing any more, and did: which of several is this environment's is still to be known.
  const wasStated =
    !looksForStream &&
    listed.settings.some((line) => line.property === property && streamOf(line) !== undefined)
  const stream = wasStated ? await findStream() : streamAsked
  return {
    ...owner,
    ...container,
    property: `properties/${property}`,
    ...(stream === undefined ? {} : { stream }),
    ga4: kinds.flatMap((kind, index): readonly Live<Ga4Kind>[] => ga4ListOf(kind, lists[index] ?? [], from)),
    ga4Reads: kinds.length + (looksForStream || wasStated ? 1 : 0),
    listed,
    ga4Uses: ga4UsesIn(container.content, property, owner),
  }
}

/** The web stream that the environment sends to, by its full name; undefined when the property has none of that id. */
async function webStream(
  google: GoogleConnection,
  property: string,
  measurementId: string | undefined,
): Promise<string | undefined> {
  const streams = await listDataStreams(google, property)
  return streams.find(({ webStreamData }) => webStreamData?.measurementId === measurementId)?.name
}

/** Somebody deleted the version variable: the list stands in the versions that had it. */
async function lostListed(
  google: GoogleConnection,
  { container, content, published }: ContainerPart,
  owner: Owner,
): Promise<Listed> {
  if (!content.entities.some(({ ours }) => ours)) return NOTHING_LISTED
  const live = published && listedIn(published.content, owner)
  if (live !== undefined) return live
  for (const { path } of madeFor(owner, await listVersionHeaders(google, container.path))) {
    const listed = listedIn(contentOf(await getVersion(google, path), owner), owner)
    if (listed !== undefined) return listed
  }
  return NOTHING_LISTED
}

/** Ids are numbers, in whatever order they are listed. */
export function newestFirst<V extends { readonly containerVersionId?: string }>(
  headers: readonly V[],
): readonly V[] {
  return [...headers].sort((a, b) => Number(b.containerVersionId) - Number(a.containerVersionId))
}

/** The versions that the plan may have made, newest first. */
export function madeFor<V extends { readonly containerVersionId?: string; readonly name?: string }>(
  owner: Owner,
  headers: readonly V[],
): readonly V[] {
  return newestFirst(headers).filter(({ name = '' }) => isVersionName(owner, name))
}

/**
 * The latest versions of an account's containers, read when first asked for: one look for all plans of a run. What is
 * written later does not change it.
 */
export interface Elsewhere {
  readonly containers: Map<string, ReturnType<typeof listContainers>>
  readonly versions: Map<string, Promise<WireVersion>>
}

export function elsewhere(): Elsewhere {
  return { containers: new Map(), versions: new Map() }
}

/**
 * The same state, with what plans in the account's other containers for the web use on the property: two requests a container,
 * so only where something is about to leave GA4.
 * @param onReading told of the containers before they are read, by their public ids
 */
export async function withUsesElsewhere(
  google: GoogleConnection,
  live: LiveState,
  { containers, versions }: Elsewhere = elsewhere(),
  onReading: (publicIds: readonly string[]) => void = () => undefined,
): Promise<LiveState> {
  const account = live.container.path.split('/').slice(0, 2).join('/')
  let reads = 0
  const once = <T>(
    known: Map<string, Promise<T>>,
    path: string,
    read: () => Promise<T>,
    cost: number,
  ): Promise<T> => {
    const before = known.get(path)
    if (before !== undefined) return before
    reads += cost
    const made = read()
    known.set(path, made)
    return made
  }
  const all = await once(containers, account, () => listContainers(google, account), 1)
  if (!all.some(({ path }) => path === live.container.path)) throw listIsCut(live.container.publicId, account)
  const others = all.filter((each) => each.path !== live.container.path && isForWeb(each))
  const unread = others.filter(({ path }) => !versions.has(path))
  if (unread.length > 0) onReading(unread.map(({ path, publicId = path }) => publicId))
  const latest = async (path: string): Promise<WireVersion> =>
    getVersion(google, (await latestVersionHeader(google, path)).path)
  const property = propertyNumber(live)
  const uses = await Promise.all(
    others.map(async ({ path, publicId }): Promise<readonly Ga4Use[]> => {
      const content = contentOf(await once(versions, path, () => latest(path), 2))
      return ga4UsesIn(content, property, live).map((use) => ({
        ...use,
        ...(publicId === undefined ? {} : { container: publicId }),
      }))
    }),
  )
  return {
    ...live,
    ga4Uses: [...live.ga4Uses, ...uses.flat()],
    gtmReads: live.gtmReads + reads,
  }
}

/** Nobody would know of others' uses, and what they use would leave GA4. */
function listIsCut(publicId: string, account: string): GoogleError {
  return new GoogleError({
    code: 'bad-answer',
    message: `Tag Manager's list of the account's containers came without ${publicId}, which is one of them, so it cannot be told who else uses what is to change in GA4.`,
    fix: 'run it again',
    requestMethod: 'GET',
    requestPath: `${account}/containers`,
    maybeApplied: false,
  })
}

function viewpoint({ plan, formerly }: Owner, property: string, { keyEvents }: Listed): Viewpoint {
  const here = keyEvents.filter((each) => each.property === property)
  return {
    plan,
    ...(formerly === undefined ? {} : { formerly }),
    listed: new Map(here.map((each) => [each.event, each])),
  }
}

type ContainerPart = Pick<LiveState, 'container' | 'version' | 'published' | 'content' | 'gtmReads'>

async function readContainer(
  google: GoogleConnection,
  { container: publicId, latestOnly = false }: Target,
  owner: Owner,
): Promise<ContainerPart> {
  const { path, usageContext } = await lookupContainer(google, publicId)
  // In this order: what somebody publishes between the two is then never newer than what is taken for the latest.
  const published = latestOnly ? undefined : await readPublished(google, path)
  const latest = await latestVersionHeader(google, path)
  const isPublished = published?.containerVersionId === latest.containerVersionId
  const version = isPublished ? published : await getVersion(google, latest.path)
  const content = contentOf(version, owner)
  return {
    container: { path, publicId, usageContext },
    version: versionFacts(path, version),
    ...(published && {
      published: {
        ...versionFacts(path, published),
        content: isPublished ? content : contentOf(published, owner),
      },
    }),
    content,
    gtmReads: latestOnly || isPublished ? 3 : 4,
  }
}

/** The same, with what is published: one more request. */
export async function withPublished(google: GoogleConnection, live: LiveState): Promise<LiveState> {
  const { path } = live.container
  const published = await readPublished(google, path)
  return {
    ...live,
    gtmReads: live.gtmReads + 1,
    ...(published && {
      published: { ...versionFacts(path, published), content: contentOf(published, live) },
    }),
  }
}

/** The published version. Undefined for a container that was never published. */
export async function readPublished(
  google: GoogleConnection,
  container: string,
): Promise<WireVersion | undefined> {
  try {
    return await liveVersion(google, container)
  } catch (error) {
    if (error instanceof GoogleError && error.code === 'not-found') return undefined
    throw error
  }
}

/** One list of GA4 once more, after a write. */
export async function readAgain(
  google: GoogleConnection,
  kind: Ga4Kind,
  live: LiveState,
): Promise<readonly Live<Ga4Kind>[]> {
  const from = viewpoint(live, propertyNumber(live), live.listed)
  const parent = ga4Parent(kind, live)
  return parent === undefined ? [] : ga4ListOf(kind, await list(google, GA4[kind].collection, parent), from)
}

/** Settings of a property as they are now, by kind: one request each. @param property `properties/1` */
export async function readSettings(
  google: GoogleConnection,
  property: string,
  kinds: readonly SettingKind[],
): Promise<ReadonlyMap<SettingKind, SettingsSpec>> {
  const read = kinds.map(async (kind) => {
    const [sent] = await list(google, GA4[kind].collection, property)
    return sent === undefined ? [] : [[kind, GA4[kind].fromWire({ ...sent })] as const]
  })
  return new Map((await Promise.all(read)).flat())
}

/**
 * Who changed things of GA4 last: two requests, for the account that the property is in and for its newest changes.
 * @param names full names; see `moversIn`
 */
export async function readMovers(
  google: GoogleConnection,
  property: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, Mover>> {
  const { account } = await getProperty(google, property)
  return account === undefined ? new Map() : moversIn(await searchChanges(google, account, property), names)
}

export function versionFacts(container: string, version: WireVersion): VersionFacts {
  const id = version.containerVersionId ?? ''
  return {
    id,
    path: version.path ?? `${container}/versions/${id}`,
    name: version.name ?? '',
    description: version.description ?? '',
    ...(version.fingerprint === undefined ? {} : { fingerprint: version.fingerprint }),
  }
}

/** What stands in a version, as a plan sees it; without one nothing in it is ours. */
export function contentOf(version: WireVersion, owner?: Owner): Container {
  return containerOf({ ...version }, owner)
}
