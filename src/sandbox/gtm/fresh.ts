/** Accounts and containers as they are when new. */
import { createHash } from 'node:crypto'
import type { Entity } from '../shape.ts'
import { copyContent, emptyContent, type Content, type GtmAccount, type GtmContainer } from '../state.ts'
import type { Store } from '../store.ts'
import { builtInVariable } from './built-in-names.ts'

// containers.lookup does not say which account an unknown public id belongs to; such containers stand in this one.
export const DEFAULT_ACCOUNT = '6000000001'

export function freshAccount(store: Store, accountId: string, name = `Account ${accountId}`): GtmAccount {
  const account: GtmAccount = {
    account: {
      accountId,
      name,
      features: { supportUserPermissions: true, supportMultipleContainers: true },
      fingerprint: store.stamp(),
    },
    nextUserPermissionId: 1,
    containers: new Map(),
    userPermissions: new Map(),
  }
  store.state.gtm.set(accountId, account)
  return account
}

/** A number that is always the same for the same text, so that ids do not differ from run to run. */
export function stableNumber(text: string, digits: number): string {
  const hash = createHash('sha256').update(text).digest().readUIntBE(0, 6)
  const least = 10 ** (digits - 1)
  return String(least + (hash % (9 * least)))
}

export function publicIdOf(containerId: string, usageContext: readonly unknown[]): string {
  const hash = createHash('sha256').update(containerId).digest('hex').toUpperCase()
  return `${usageContext.includes('server') ? 'GTM-S' : 'GTM-'}${hash.slice(0, 7)}`
}

/** Puts a container with the given content and version into the account: default workspace, environments, live version. */
export function placeContainer(
  store: Store,
  account: GtmAccount,
  container: Entity,
  first: {
    readonly versionId: string
    readonly name?: string
    readonly content: Content
    readonly nextId: number
  },
): GtmContainer {
  const versionId = first.versionId
  const version = { ...(first.name !== undefined && { name: first.name }), fingerprint: store.stamp() }
  const placed: GtmContainer = {
    container,
    nextEntityId: first.nextId,
    // A new container's default workspace has id 2 (recorded).
    nextWorkspaceId: 2,
    nextVersionId: Number(versionId) + 1,
    defaultWorkspaceId: '2',
    liveVersionId: versionId,
    latestVersionId: versionId,
    submittedWorkspaces: new Set(),
    workspaces: new Map(),
    versions: new Map([
      [versionId, { containerVersionId: versionId, version, container, content: first.content }],
    ]),
    environments: new Map(),
    destinations: new Map(),
  }
  placed.defaultWorkspaceId = addWorkspace(store, placed, { name: 'Default Workspace' })
  // Environments 1 Live and 2 Latest (recorded).
  placed.environments.set('1', environment(store, container, '1', 'live', 'Live'))
  placed.environments.set('2', environment(store, container, '2', 'latest', 'Latest'))
  account.containers.set(String(container['containerId']), placed)
  return placed
}

function environment(store: Store, container: Entity, id: string, type: string, name: string): Entity {
  const authorizationTimestamp = store.time()
  return {
    environmentId: id,
    type,
    name,
    authorizationCode: authorizationCode(container, id, authorizationTimestamp),
    authorizationTimestamp,
    fingerprint: store.stamp(),
  }
}

export function authorizationCode(container: Entity, environmentId: string, time: string): string {
  const seed = `${String(container['containerId'])}/${environmentId}/${time}`
  return createHash('sha256').update(seed).digest('base64url').slice(0, 22)
}

/** A new workspace holds what the latest version holds; gives its id. */
export function addWorkspace(store: Store, container: GtmContainer, fields: Entity): string {
  const workspaceId = String(container.nextWorkspaceId++)
  const base = container.versions.get(container.latestVersionId)
  container.workspaces.set(workspaceId, {
    workspaceId,
    workspace: { ...fields, fingerprint: store.stamp() },
    baseVersionId: container.latestVersionId,
    content: base ? copyContent(base.content) : emptyContent(),
    conflicts: [],
  })
  return workspaceId
}

export interface NewContainer {
  readonly containerId: string
  readonly publicId: string
  readonly name: string
  readonly usageContext: readonly string[]
  readonly fields?: Entity
}

/** A container as it is after containers.create: version 1 is called "Empty Container" and is live already (recorded). */
export function freshContainer(store: Store, account: GtmAccount, fresh: NewContainer): GtmContainer {
  const accountId = String(account.account['accountId'])
  const { containerId, publicId, name, usageContext } = fresh
  const container: Entity = {
    accountId,
    containerId,
    name,
    publicId,
    usageContext,
    ...fresh.fields,
    tagIds: [publicId],
    features: featuresOf(usageContext),
    fingerprint: store.stamp(),
  }
  const content = emptyContent()
  for (const type of defaultBuiltIns(usageContext)) {
    content.builtInVariable.set(type, builtInVariable(accountId, containerId, type))
  }
  return placeContainer(store, account, container, {
    versionId: '1',
    name: 'Empty Container',
    content,
    nextId: 3, // environments took 1 and 2 of the common counter
  })
}

/** Page URL, Page Hostname, Page Path, Referrer and Event in a new web container (recorded); the server's are assumed. */
function defaultBuiltIns(usageContext: readonly string[]): readonly string[] {
  return usageContext.includes('server')
    ? ['clientName', 'eventName', 'requestPath', 'requestMethod', 'queryString']
    : ['pageUrl', 'pageHostname', 'pagePath', 'referrer', 'event']
}

function featuresOf(usageContext: readonly string[]): Entity {
  const server = usageContext.includes('server')
  return {
    supportUserPermissions: true,
    supportEnvironments: true,
    supportWorkspaces: true,
    supportBuiltInVariables: true,
    supportFolders: true,
    supportTags: true,
    supportTemplates: true,
    supportTriggers: true,
    supportVariables: true,
    supportVersions: true,
    ...(server ? { supportClients: true, supportTransformations: true } : { supportZones: true }),
  }
}

export function findByPublicId(store: Store, publicId: string): GtmContainer | undefined {
  for (const account of store.state.gtm.values()) {
    for (const container of account.containers.values()) {
      if (container.container['publicId'] === publicId) return container
    }
  }
  return undefined
}

/** The container with this public id, made on first mention as a new one where it does not exist. */
export function ensureContainer(
  store: Store,
  publicId: string,
  { accountId = DEFAULT_ACCOUNT, usageContext = 'web' }: { accountId?: string; usageContext?: string } = {},
): GtmContainer {
  const existing = findByPublicId(store, publicId)
  if (existing) return existing
  const account = store.state.gtm.get(accountId) ?? freshAccount(store, accountId)
  return freshContainer(store, account, {
    containerId: stableNumber(publicId, 9),
    publicId,
    name: publicId,
    usageContext: [usageContext],
  })
}
