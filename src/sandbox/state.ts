/** Everything the sandbox knows, as plain data. Entities are never changed in place; a write puts a new object. */
import { KINDS, type Kind } from './gtm/kinds.ts'
import type { Entity } from './shape.ts'

export type Content = Readonly<Record<Kind, Map<string, Entity>>>

export interface Conflict {
  readonly kind: Kind
  readonly id: string
}

export interface GtmWorkspace {
  readonly workspaceId: string
  workspace: Entity
  baseVersionId: string
  content: Content
  /** What sync could not bring together and nobody has resolved yet. */
  conflicts: readonly Conflict[]
}

export interface GtmVersion {
  readonly containerVersionId: string
  /** name, description, fingerprint, deleted */
  version: Entity
  /** The container as it was then. */
  readonly container: Entity
  readonly content: Content
}

export interface GtmContainer {
  container: Entity
  // One counter serves all kinds of entity of a container, and environments too (recorded).
  nextEntityId: number
  nextWorkspaceId: number
  nextVersionId: number
  defaultWorkspaceId: string
  liveVersionId: string
  latestVersionId: string
  readonly submittedWorkspaces: Set<string>
  readonly workspaces: Map<string, GtmWorkspace>
  readonly versions: Map<string, GtmVersion>
  readonly environments: Map<string, Entity>
  readonly destinations: Map<string, Entity>
}

export interface GtmAccount {
  account: Entity
  nextUserPermissionId: number
  readonly containers: Map<string, GtmContainer>
  readonly userPermissions: Map<string, Entity>
}

export interface Ga4State {
  /** By the path of the collection (`properties/1/keyEvents`), then by the last part of the name. */
  readonly collections: Map<string, Map<string, Entity>>
  /** Names of archived dimensions, metrics and audiences: still stored, no longer shown. */
  readonly archived: Set<string>
  /** Properties whose user data collection terms were acknowledged. */
  readonly acknowledged: Set<string>
  readonly history: Entity[]
  nextId: number
}

export interface State {
  /** The last fingerprint that was given out; they never repeat. */
  lastStamp: number
  readonly gtm: Map<string, GtmAccount>
  readonly ga4: Ga4State
}

export function emptyState(): State {
  return {
    lastStamp: 0,
    gtm: new Map(),
    ga4: { collections: new Map(), archived: new Set(), acknowledged: new Set(), history: [], nextId: 1 },
  }
}

export function emptyContent(): Content {
  return Object.fromEntries(KINDS.map((kind) => [kind, new Map()])) as unknown as Content
}

export function copyContent(content: Content): Content {
  return Object.fromEntries(KINDS.map((kind) => [kind, new Map(content[kind])])) as unknown as Content
}
