import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import { listCustomDimensions, listCustomMetrics, listKeyEvents } from '../google/ga4.ts'
import { getVersion, latestVersionHeader, liveVersion, lookupContainer } from '../google/gtm.ts'
import type { WireVersion } from '../google/wire.ts'
import type { Content, LiveState, VersionFacts, Wire } from './live.ts'

export interface Target {
  /** `GTM-XXXX` */
  readonly container: string
  /** The number of the GA4 property. */
  readonly property: string
}

/**
 * One snapshot of what exists: the container's latest version and GA4's lists. Three GTM requests, or four when the
 * latest version is not the published one; what lies in workspaces is nobody's yet and is not looked at.
 */
export async function readLive(google: GoogleConnection, target: Target): Promise<LiveState> {
  const property = `properties/${target.property}`
  const [container, keyEvents, customDimensions, customMetrics] = await Promise.all([
    readContainer(google, target.container),
    listKeyEvents(google, property),
    listCustomDimensions(google, property),
    listCustomMetrics(google, property),
  ])
  return {
    ...container,
    property,
    keyEvents: keyEvents.map(asWire),
    customDimensions: customDimensions.map(asWire),
    customMetrics: customMetrics.map(asWire),
  }
}

type ContainerPart = Pick<LiveState, 'container' | 'version' | 'published' | 'content' | 'gtmReads'>

async function readContainer(google: GoogleConnection, publicId: string): Promise<ContainerPart> {
  const { path } = await lookupContainer(google, publicId)
  const [latest, published] = await Promise.all([
    latestVersionHeader(google, path),
    readPublished(google, path),
  ])
  const isPublished = published?.containerVersionId === latest.containerVersionId
  const version = isPublished ? published : await getVersion(google, latest.path)
  return {
    container: { path, publicId },
    version: versionFacts(path, version),
    ...(published && { published: versionFacts(path, published) }),
    content: contentOf(version),
    gtmReads: isPublished ? 3 : 4,
  }
}

async function readPublished(google: GoogleConnection, container: string): Promise<WireVersion | undefined> {
  try {
    return await liveVersion(google, container)
  } catch (error) {
    // A container that was never published.
    if (error instanceof GoogleError && error.code === 'not-found') return undefined
    throw error
  }
}

export function versionFacts(container: string, version: WireVersion): VersionFacts {
  const id = version.containerVersionId ?? ''
  return {
    id,
    path: version.path ?? `${container}/versions/${id}`,
    name: version.name ?? '',
    description: version.description ?? '',
  }
}

export function contentOf(version: WireVersion): Content {
  const { folder, variable, trigger, tag, builtInVariable } = version
  const { customTemplate, client, zone, gtagConfig, transformation } = version
  return {
    folder: folder.map(asWire),
    variable: variable.map(asWire),
    trigger: trigger.map(asWire),
    tag: tag.map(asWire),
    builtInVariable: builtInVariable.map(asWire),
    other: { customTemplate, client, zone, gtagConfig, transformation },
  }
}

// Google's shapes are interfaces; seen as a record of fields, nothing may be presumed of them any more.
function asWire(entity: object): Wire {
  return entity as Wire
}
