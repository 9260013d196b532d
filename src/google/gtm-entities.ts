/** What stands in a workspace: written in bulk, or one entity a request. */
import type { tagmanager_v2 } from 'googleapis/build/src/apis/tagmanager/v2.js'
import type { CallOptions, GoogleConnection } from './connection.ts'
import type { Answer } from './send.ts'
import * as answers from './answers.ts'
import type * as wire from './wire.ts'

/**
 * Many changes in one request. The answer has the added and updated entities with their real ids, in Google's order,
 * and neither the deleted ones nor those that Google changed by itself.
 *
 * https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces/bulk_update
 */
export function bulkUpdate(
  google: GoogleConnection,
  workspace: string,
  changes: readonly wire.WireEntity[],
): Promise<readonly wire.WireEntity[]> {
  return google.gtm({
    what: `write ${counted(changes, 'change')} at once`,
    effect: 'once',
    scope: 'tagmanager.edit.containers',
    call: (client, options) =>
      client.accounts.containers.workspaces.bulk_update(
        { path: workspace, requestBody: { changes: clientEntities(changes) } },
        options,
      ),
    read: answers.bulkAnswer(changes),
  })
}

/**
 * An entity of a kind as a bulk update takes it.
 *
 * @param id Google's; of something new `new_N`, by which other changes of the same call may refer to it
 */
export function bulkEntity(
  changeStatus: wire.WireChangeStatus,
  kind: wire.WireKind,
  id: string,
  body: object,
  fingerprint?: string,
): wire.WireEntity {
  const entity = { ...body, [COLLECTIONS[kind].id]: id, ...stamped(fingerprint) }
  // The kind names the field; TypeScript cannot follow a computed one.
  return { changeStatus, [kind]: entity } as unknown as wire.WireEntity
}

/** The kind, id and name of an entity in the answer to a bulk update; undefined for kinds that are not written. */
export function writtenIn(
  entity: wire.WireEntity,
): { readonly kind: wire.WireKind; readonly id: string; readonly name: string } | undefined {
  if ('customTemplate' in entity) return written('customTemplate', entity.customTemplate)
  if ('folder' in entity) return written('folder', entity.folder)
  if ('variable' in entity) return written('variable', entity.variable)
  if ('trigger' in entity) return written('trigger', entity.trigger)
  if ('tag' in entity) return written('tag', entity.tag)
  return undefined
}

function written<K extends wire.WireKind>(kind: K, entity: wire.WireByKind[K]) {
  return { kind, id: idOf(kind, entity), name: entity.name }
}

/** The id that Google gave an entity. */
export function idOf<K extends wire.WireKind>(kind: K, entity: wire.WireByKind[K]): string {
  return Object.entries(entity).find(([field]) => field === COLLECTIONS[kind].id)?.[1] ?? ''
}

/** The path of an entity in a workspace. */
export function entityPath(workspace: string, kind: wire.WireKind, id: string): string {
  return `${workspace}/${COLLECTIONS[kind].name}/${id}`
}

/** An entity with fields that nobody here knows. */
interface WholeEntity {
  readonly name: string
  readonly [field: string]: unknown
}

/** Creates one entity. May fail with `duplicate-name`. */
export function createEntity<K extends wire.WireKind>(
  google: GoogleConnection,
  workspace: string,
  kind: K,
  body: wire.WireBodyByKind[K] | WholeEntity,
): Promise<wire.WireByKind[K]> {
  return google.gtm({
    what: `create the ${kind} "${body.name}"`,
    effect: 'once',
    scope: 'tagmanager.edit.containers',
    call: (client, options) => COLLECTIONS[kind].create(client, workspace, body, options),
    read: READERS[kind],
  })
}

/**
 * Replaces an entity: what the body leaves out is gone afterwards. With a fingerprint it is refused with
 * `stale-fingerprint` if the entity has changed since; when a try before had its answer lost (`maybeApplied`), that may
 * have been our own change.
 *
 * https://developers.google.com/tag-manager/api/v2/reference/accounts/containers/workspaces/tags/update
 */
export function updateEntity<K extends wire.WireKind>(
  google: GoogleConnection,
  path: string,
  kind: K,
  body: wire.WireBodyByKind[K] | WholeEntity,
  fingerprint?: string,
): Promise<wire.WireByKind[K]> {
  return google.gtm({
    what: `update the ${kind} "${body.name}"`,
    effect: 'repeatable',
    scope: 'tagmanager.edit.containers',
    call: (client, options) => COLLECTIONS[kind].update(client, path, body, options, stamped(fingerprint)),
    read: READERS[kind],
  })
}

export function deleteEntity(google: GoogleConnection, path: string, kind: wire.WireKind): Promise<void> {
  return google.gtm({
    what: `delete a ${kind}`,
    effect: 'repeatable',
    scope: 'tagmanager.edit.containers',
    call: (client, options) => COLLECTIONS[kind].delete(client, path, options),
    read: answers.nothing,
    whenGone: undefined,
  })
}

/**
 * Takes a template from the community gallery at one commit. Its permissions are acknowledged with that: whoever calls has read
 * what it may do.
 *
 * https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces.templates/import_from_gallery
 */
export function importFromGallery(
  google: GoogleConnection,
  workspace: string,
  {
    owner,
    repository,
    version,
  }: { readonly owner: string; readonly repository: string; readonly version: string },
): Promise<wire.WireByKind['customTemplate']> {
  return google.gtm({
    what: `import the template ${owner}/${repository} from the gallery`,
    effect: 'once',
    scope: 'tagmanager.edit.containers',
    call: (client, options) =>
      client.accounts.containers.workspaces.templates.import_from_gallery(
        {
          parent: workspace,
          galleryOwner: owner,
          galleryRepository: repository,
          gallerySha: version,
          acknowledgePermissions: true,
        },
        options,
      ),
    read: answers.template,
  })
}

/** Enables built-in variables, all types in one request. */
export function enableBuiltIns(
  google: GoogleConnection,
  workspace: string,
  types: readonly string[],
): Promise<readonly wire.WireBuiltIn[]> {
  return google.gtm({
    what: `enable ${counted(types, 'built-in variable')}`,
    effect: 'once',
    scope: 'tagmanager.edit.containers',
    call: (client, options) =>
      client.accounts.containers.workspaces.built_in_variables.create(
        { parent: workspace, type: [...types] },
        options,
      ),
    read: (body) => answers.listOf(body, 'builtInVariable', answers.builtIn),
  })
}

const READERS: { readonly [K in wire.WireKind]: (body: unknown) => wire.WireByKind[K] } = {
  tag: answers.tag,
  trigger: answers.trigger,
  variable: answers.variable,
  folder: answers.folder,
  customTemplate: answers.template,
}

type Client = tagmanager_v2.Tagmanager

/** One kind's part of the client. */
interface Collection {
  readonly name: string
  readonly id: string
  readonly create: (client: Client, parent: string, body: object, options: CallOptions) => Promise<Answer>
  readonly update: (
    client: Client,
    path: string,
    body: object,
    options: CallOptions,
    query: { readonly fingerprint?: string },
  ) => Promise<Answer>
  readonly delete: (client: Client, path: string, options: CallOptions) => Promise<Answer>
}

const COLLECTIONS: Readonly<Record<wire.WireKind, Collection>> = {
  tag: {
    name: 'tags',
    id: 'tagId',
    create: ({ accounts }, parent, requestBody, options) =>
      accounts.containers.workspaces.tags.create({ parent, requestBody }, options),
    update: ({ accounts }, path, requestBody, options, query) =>
      accounts.containers.workspaces.tags.update({ path, requestBody, ...query }, options),
    delete: ({ accounts }, path, options) => accounts.containers.workspaces.tags.delete({ path }, options),
  },
  trigger: {
    name: 'triggers',
    id: 'triggerId',
    create: ({ accounts }, parent, requestBody, options) =>
      accounts.containers.workspaces.triggers.create({ parent, requestBody }, options),
    update: ({ accounts }, path, requestBody, options, query) =>
      accounts.containers.workspaces.triggers.update({ path, requestBody, ...query }, options),
    delete: ({ accounts }, path, options) =>
      accounts.containers.workspaces.triggers.delete({ path }, options),
  },
  variable: {
    name: 'variables',
    id: 'variableId',
    create: ({ accounts }, parent, requestBody, options) =>
      accounts.containers.workspaces.variables.create({ parent, requestBody }, options),
    update: ({ accounts }, path, requestBody, options, query) =>
      accounts.containers.workspaces.variables.update({ path, requestBody, ...query }, options),
    delete: ({ accounts }, path, options) =>
      accounts.containers.workspaces.variables.delete({ path }, options),
  },
  folder: {
    name: 'folders',
    id: 'folderId',
    create: ({ accounts }, parent, requestBody, options) =>
      accounts.containers.workspaces.folders.create({ parent, requestBody }, options),
    update: ({ accounts }, path, requestBody, options, query) =>
      accounts.containers.workspaces.folders.update({ path, requestBody, ...query }, options),
    delete: ({ accounts }, path, options) => accounts.containers.workspaces.folders.delete({ path }, options),
  },
  customTemplate: {
    name: 'templates',
    id: 'templateId',
    create: ({ accounts }, parent, requestBody, options) =>
      accounts.containers.workspaces.templates.create({ parent, requestBody }, options),
    update: ({ accounts }, path, requestBody, options, query) =>
      accounts.containers.workspaces.templates.update({ path, requestBody, ...query }, options),
    delete: ({ accounts }, path, options) =>
      accounts.containers.workspaces.templates.delete({ path }, options),
  },
}

// Our types are read-only all the way down and the client's are not; it does not change what it sends.
function clientEntities(changes: readonly wire.WireEntity[]): tagmanager_v2.Schema$Entity[] {
  return changes as unknown as tagmanager_v2.Schema$Entity[]
}

const stamped = (fingerprint: string | undefined): { readonly fingerprint?: string } =>
  fingerprint === undefined ? {} : { fingerprint }

function counted({ length }: readonly unknown[], noun: string): string {
  return `${length} ${noun}${length === 1 ? '' : 's'}`
}
