/** How what is stored looks in an answer. Inside a version entities have neither path nor workspaceId (recorded). */
import type { Entity } from '../shape.ts'
import type { GtmAccount, GtmContainer, GtmVersion, GtmWorkspace } from '../state.ts'
import { KIND_FACTS, KINDS, type Kind } from './kinds.ts'
import type { Content } from '../state.ts'

// Recorded form: https://github.com/banana-orama/Google-Tag-Manager-Hilfe
const UI = 'https://tagmanager.google.com/#'

export function accountView(account: GtmAccount): Entity {
  const id = String(account.account['accountId'])
  return {
    path: `accounts/${id}`,
    ...account.account,
    tagManagerUrl: `${UI}/admin/accounts/${id}?apiLink=account`,
  }
}

export function containerPath(container: Entity): string {
  return `accounts/${String(container['accountId'])}/containers/${String(container['containerId'])}`
}

export function containerView(container: Entity): Entity {
  const path = containerPath(container)
  return { path, ...container, tagManagerUrl: `${UI}/container/${path}/workspaces?apiLink=container` }
}

export function workspacePath(container: GtmContainer, workspace: GtmWorkspace): string {
  return `${containerPath(container.container)}/workspaces/${workspace.workspaceId}`
}

export function workspaceView(container: GtmContainer, workspace: GtmWorkspace): Entity {
  const path = workspacePath(container, workspace)
  return {
    path,
    ...ownerIds(container),
    workspaceId: workspace.workspaceId,
    ...workspace.workspace,
    tagManagerUrl: `${UI}/container/${path}?apiLink=workspace`,
  }
}

export function entityView(
  container: GtmContainer,
  workspace: GtmWorkspace,
  kind: Kind,
  entity: Entity,
): Entity {
  const { collection, idField, apiLink } = KIND_FACTS[kind]
  const parent = workspacePath(container, workspace)
  if (kind === 'builtInVariable') {
    // The path does not name the type (recorded).
    return { path: `${parent}/${collection}`, ...entity, workspaceId: workspace.workspaceId }
  }
  const path = `${parent}/${collection}/${String(entity[idField])}`
  return {
    path,
    ...entity,
    workspaceId: workspace.workspaceId,
    tagManagerUrl: `${UI}/container/${path}?apiLink=${apiLink}`,
  }
}

export function versionView(container: GtmContainer, version: GtmVersion): Entity {
  const path = `${containerPath(container.container)}/versions/${version.containerVersionId}`
  return {
    path,
    ...ownerIds(container),
    containerVersionId: version.containerVersionId,
    ...version.version,
    container: containerView(version.container),
    ...contentView(version.content),
    tagManagerUrl: `${UI}/versions/${path}?apiLink=version`,
  }
}

export function contentView(content: Content): Entity {
  const lists: Record<string, readonly Entity[]> = {}
  for (const kind of KINDS) if (content[kind].size > 0) lists[kind] = [...content[kind].values()]
  return lists
}

export function versionHeader(container: GtmContainer, version: GtmVersion): Entity {
  const counts: Record<string, string> = {}
  for (const kind of KINDS) {
    const { count } = KIND_FACTS[kind]
    if (count !== undefined) counts[count] = String(version.content[kind].size)
  }
  const { name, deleted } = version.version
  return {
    path: `${containerPath(container.container)}/versions/${version.containerVersionId}`,
    ...ownerIds(container),
    containerVersionId: version.containerVersionId,
    ...(name !== undefined && { name }),
    ...(deleted === true && { deleted }),
    ...counts,
  }
}

/** The version that stands behind each environment is read when it is shown: Live and Latest follow the container. */
export function environmentView(container: GtmContainer, environment: Entity): Entity {
  const id = String(environment['environmentId'])
  const path = `${containerPath(container.container)}/environments/${id}`
  const follows = { live: container.liveVersionId, latest: container.latestVersionId }
  const type = environment['type']
  return {
    path,
    ...ownerIds(container),
    ...environment,
    ...((type === 'live' || type === 'latest') && { containerVersionId: follows[type] }),
    tagManagerUrl: `${UI}/container/${path}?apiLink=environment`,
  }
}

export function ownerIds(container: GtmContainer): Entity {
  const { accountId, containerId } = container.container
  return { accountId, containerId }
}
