/** Versions are immutable snapshots: only name and description change, and what is live. */
import type { Call, Handlers } from '../call.ts'
import { badRequest, gtmNotFound } from '../errors.ts'
import { page } from '../paging.ts'
import type { Entity } from '../shape.ts'
import type { GtmContainer, GtmVersion } from '../state.ts'
import { checkFingerprint, findContainer, findVersion } from './find.ts'
import { danglingReferences } from './references.ts'
import { versionHeader, versionView } from './view.ts'

const prefix = 'accounts.containers.versions'
const headers = 'accounts.containers.version_headers'

export const versionHandlers: Handlers = {
  [`${prefix}.get`]: (call) => {
    const container = findContainer(call)
    // `published` asks for the live one whatever the id; it is only in Google's page on versions.get.
    const published = call.query.get('published') === 'true'
    const id = published
      ? container.liveVersionId
      : (call.query.get('containerVersionId') ?? call.ids['versions'])
    return versionView(container, findVersion(container, id))
  },

  [`${prefix}.live`]: (call) => {
    const container = findContainer(call)
    return versionView(container, findVersion(container, container.liveVersionId))
  },

  [`${prefix}.publish`]: (call) => {
    const { container, version } = stored(call)
    checkFingerprint(call, version.version)
    if (version.version['deleted'] === true) throw badRequest('A deleted version cannot be published.') // assumed
    if (danglingReferences(version.content).length > 0) return { compilerError: true }
    container.liveVersionId = version.containerVersionId
    call.store.stamp()
    return { containerVersion: versionView(container, version) }
  },

  [`${prefix}.set_latest`]: (call) => {
    const { container, version } = stored(call)
    container.latestVersionId = version.containerVersionId
    call.store.stamp()
    return versionView(container, version)
  },

  [`${prefix}.update`]: (call) => {
    const { container, version } = stored(call)
    checkFingerprint(call, version.version)
    const { name, description } = call.body
    const { deleted } = version.version
    change(call, version, { name, description, deleted })
    return versionView(container, version)
  },

  [`${prefix}.delete`]: (call) => {
    const { container, version } = stored(call)
    const id = version.containerVersionId
    if (id === container.latestVersionId || id === container.liveVersionId) {
      // Recorded for the version just created, probably because it is the latest; for the live one assumed.
      throw badRequest('Returned an error response for your request.')
    }
    change(call, version, { ...version.version, deleted: true })
    return undefined
  },

  [`${prefix}.undelete`]: (call) => {
    const { container, version } = stored(call)
    change(call, version, { ...version.version, deleted: undefined })
    return versionView(container, version)
  },

  [`${headers}.list`]: (call) => {
    const container = findContainer(call)
    const withDeleted = call.query.get('includeDeleted') === 'true'
    const shown = [...container.versions.values()].filter(
      ({ version }) => withDeleted || version['deleted'] !== true,
    )
    const views = shown.map((version) => versionHeader(container, version))
    return page(views, 'containerVersionHeader', call.query, call.store.behaviour.pageSize)
  },

  [`${headers}.latest`]: (call) => {
    const container = findContainer(call)
    return versionHeader(container, findVersion(container, container.latestVersionId))
  },
}

function stored(call: Call): { container: GtmContainer; version: GtmVersion } {
  const container = findContainer(call)
  const version = container.versions.get(call.ids['versions'] ?? '')
  if (!version) throw gtmNotFound()
  return { container, version }
}

function change(call: Call, version: GtmVersion, fields: Entity): void {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined)
  version.version = { ...Object.fromEntries(present), fingerprint: call.store.stamp() }
}
