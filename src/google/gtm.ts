/**
 * Tag Manager, one function a request (lists: one request a page). Paths are Google's own relative ones:
 * `accounts/1/containers/2/workspaces/3`. All throw GoogleError; see `send` for what is repeated.
 *
 * https://github.com/google/googleapis.dart/blob/444fd6c828253578ee2e9a2e7fd2189453917973/discovery/googleapis/tagmanager__v2.json
 */
import type { GoogleConnection } from './connection.ts'
import { everyPage, pageOf } from './pages.ts'
import * as answers from './answers.ts'
import type * as wire from './wire.ts'

export * from './gtm-entities.ts'

/** The container behind a public id (`GTM-XXXX`), in one request. */
export function lookupContainer(google: GoogleConnection, publicId: string): Promise<wire.WireContainer> {
  return google.gtm({
    what: `find the container ${publicId}`,
    effect: 'read',
    scope: 'tagmanager.readonly',
    call: (client, options) => client.accounts.containers.lookup({ tagId: publicId }, options),
    read: answers.container,
  })
}

/** The containers of an account (`accounts/1`) that the credentials may see. */
export async function listContainers(
  google: GoogleConnection,
  account: string,
): Promise<readonly wire.WireContainer[]> {
  return everyPage((pageToken) =>
    google.gtm({
      what: 'list the containers of the account',
      effect: 'read',
      scope: 'tagmanager.readonly',
      call: (client, options) => client.accounts.containers.list({ parent: account, ...pageToken }, options),
      read: pageOf('container', answers.container),
    }),
  )
}

export async function listWorkspaces(
  google: GoogleConnection,
  container: string,
): Promise<readonly wire.WireWorkspace[]> {
  return everyPage((pageToken) =>
    google.gtm({
      what: 'list the workspaces',
      effect: 'read',
      scope: 'tagmanager.readonly',
      call: (client, options) =>
        client.accounts.containers.workspaces.list({ parent: container, ...pageToken }, options),
      read: pageOf('workspace', answers.workspace),
    }),
  )
}

/** A new workspace on the latest version. May fail with `workspace-limit`. */
export function createWorkspace(
  google: GoogleConnection,
  container: string,
  body: { readonly name: string; readonly description?: string },
): Promise<wire.WireWorkspace> {
  return google.gtm({
    what: `create the workspace "${body.name}"`,
    effect: 'once',
    scope: 'tagmanager.edit.containers',
    call: (client, options) =>
      client.accounts.containers.workspaces.create({ parent: container, requestBody: body }, options),
    read: answers.workspace,
  })
}

/** Brings the latest version into a workspace. Conflicts do not fail it; they are in the answer. */
export function syncWorkspace(google: GoogleConnection, workspace: string): Promise<wire.WireSyncResult> {
  return google.gtm({
    what: 'bring the workspace up to the latest version',
    effect: 'repeatable',
    scope: 'tagmanager.edit.containers',
    call: (client, options) => client.accounts.containers.workspaces.sync({ path: workspace }, options),
    read: answers.syncResult,
  })
}

export function deleteWorkspace(google: GoogleConnection, workspace: string): Promise<void> {
  return google.gtm({
    what: 'delete the workspace',
    effect: 'repeatable',
    scope: 'tagmanager.delete.containers',
    call: (client, options) => client.accounts.containers.workspaces.delete({ path: workspace }, options),
    read: answers.nothing,
    whenGone: undefined,
  })
}

/** Every entity of a workspace in one request, and whether GTM could compile it. A POST that only reads. */
export function quickPreview(google: GoogleConnection, workspace: string): Promise<wire.WirePreview> {
  return google.gtm({
    what: 'read the draft',
    effect: 'read',
    scope: 'tagmanager.edit.containerversions',
    call: (client, options) =>
      client.accounts.containers.workspaces.quick_preview({ path: workspace }, options),
    read: answers.preview,
  })
}

/**
 * Turns a workspace into a version; the workspace is gone afterwards. A container that does not compile is no error:
 * `compilerError` is set and there is no version. `notes` become the version's description.
 */
export function createVersion(
  google: GoogleConnection,
  workspace: string,
  body: { readonly name: string; readonly notes: string },
): Promise<wire.WireCreatedVersion> {
  return google.gtm({
    what: `make the version "${body.name}"`,
    effect: 'once',
    scope: 'tagmanager.edit.containerversions',
    call: (client, options) =>
      client.accounts.containers.workspaces.create_version({ path: workspace, requestBody: body }, options),
    read: answers.createdVersion,
  })
}

/** Puts a version live. With a fingerprint, only if the version has not been changed since. */
export function publishVersion(
  google: GoogleConnection,
  version: string,
  fingerprint?: string,
): Promise<wire.WirePublished> {
  return google.gtm({
    what: `put version ${lastSegment(version)} live`,
    effect: 'once',
    scope: 'tagmanager.publish',
    call: (client, options) =>
      client.accounts.containers.versions.publish({ path: version, ...stamped(fingerprint) }, options),
    read: answers.published,
  })
}

/** The newest version that is not deleted: the base of a new workspace. */
export function latestVersionHeader(
  google: GoogleConnection,
  container: string,
): Promise<wire.WireVersionHeader> {
  return google.gtm({
    what: 'find the latest version',
    effect: 'read',
    scope: 'tagmanager.readonly',
    call: (client, options) =>
      client.accounts.containers.version_headers.latest({ parent: container }, options),
    read: answers.versionHeader,
  })
}

/** All versions but the deleted ones. */
export async function listVersionHeaders(
  google: GoogleConnection,
  container: string,
): Promise<readonly wire.WireVersionHeader[]> {
  return everyPage((pageToken) =>
    google.gtm({
      what: 'list the versions',
      effect: 'read',
      scope: 'tagmanager.readonly',
      call: (client, options) =>
        client.accounts.containers.version_headers.list({ parent: container, ...pageToken }, options),
      read: pageOf('containerVersionHeader', answers.versionHeader),
    }),
  )
}

export function getVersion(google: GoogleConnection, version: string): Promise<wire.WireVersion> {
  return google.gtm({
    what: `read version ${lastSegment(version)}`,
    effect: 'read',
    scope: 'tagmanager.readonly',
    call: (client, options) => client.accounts.containers.versions.get({ path: version }, options),
    read: answers.version,
  })
}

/** The published version. A container that was never published may answer `not-found`. */
export function liveVersion(google: GoogleConnection, container: string): Promise<wire.WireVersion> {
  return google.gtm({
    what: 'read the published version',
    effect: 'read',
    scope: 'tagmanager.readonly',
    call: (client, options) => client.accounts.containers.versions.live({ parent: container }, options),
    read: answers.version,
  })
}

/** Makes a version the base of new workspaces. */
export function setLatest(google: GoogleConnection, version: string): Promise<wire.WireVersion> {
  return google.gtm({
    what: `make version ${lastSegment(version)} the latest`,
    effect: 'repeatable',
    scope: 'tagmanager.edit.containers',
    call: (client, options) => client.accounts.containers.versions.set_latest({ path: version }, options),
    read: answers.version,
  })
}

const stamped = (fingerprint: string | undefined): { fingerprint?: string } =>
  fingerprint === undefined ? {} : { fingerprint }

const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
