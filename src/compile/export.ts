/**
 * A file for GTM's Import: Admin, Import Container. The same entities as `apply` writes, with the ids and the casing
 * of a real export; in a container that they came to this way, `apply` later finds them by their marker.
 */
import { ENTITIES, isEntity } from '../kinds/kinds.ts'
import type { Plan } from '../plan/plan.ts'
import { templateType } from '../kinds/template.ts'
import { keyIn } from '../resources/key.ts'
import { toExportCasing } from '../resources/export-casing.ts'
import { BUILT_IN_TRIGGER_NAMES, BUILT_IN_TRIGGERS } from '../resources/gtm-defaults.ts'
import { hashOf, renderNotes } from '../resources/marker.ts'
import type { RefsOut } from '../resources/parameters.ts'
import { referencesOf } from '../resources/references.ts'
import type { EntityKind, Resource } from '../resources/resource.ts'

type Body = { readonly [field: string]: unknown }

/** Fields in the order of real exports; the account, the container and the id come before these. */
const FIELDS = {
  tag: `name type priority notes parameter fingerprint firingTriggerId setupTag blockingTriggerId teardownTag parentFolderId
    tagFiringOption paused monitoringMetadata monitoringMetadataTagNameKey consentSettings`.split(/\s+/),
  trigger: `name type customEventFilter filter autoEventFilter waitForTags checkValidation waitForTagsTimeout
    uniqueTriggerId eventName interval limit fingerprint parentFolderId parameter notes`.split(/\s+/),
  variable: `name type notes parameter fingerprint parentFolderId formatValue`.split(/\s+/),
  folder: `name fingerprint notes`.split(/\s+/),
  customTemplate: `name fingerprint templateData`.split(/\s+/),
} as const

/** A numeric container id is known to nobody before the API is asked; Import takes the file into any container. */
const CONTAINER_ID = '0'

/**
 * The container version that GTM would publish, in the API's casing. `time` is its fingerprint. @param hash what the marks
 * say was applied: whoever only runs the container, and compares no marks, need not compute it
 */
export function containerVersion(
  plan: Plan,
  resources: readonly Resource[],
  time: Date,
  hash: (resource: Resource) => string = hashOf,
): Body {
  const account = plan.environment.gtm.account
  const publicId = plan.environment.gtm.container
  const ids = new Map(resources.filter(isEntity).map((resource, index) => [resource.key, String(index + 1)]))
  const fingerprint = String(time.getTime())
  const refs = refsOut(resources, ids)
  const entities = (kind: EntityKind, field: keyof typeof FIELDS): Body[] =>
    resources
      .filter(isEntity)
      .filter((resource) => resource.kind === kind)
      .map((resource) => ({
        accountId: account,
        containerId: CONTAINER_ID,
        [ENTITIES[kind].idField]: ids.get(resource.key),
        ...inOrder({ ...bodyOf(resource, refs, hash(resource)), fingerprint }, FIELDS[field]),
      }))
  const path = `accounts/${account}/containers/${CONTAINER_ID}`
  return {
    path: `${path}/versions/0`,
    accountId: account,
    containerId: CONTAINER_ID,
    containerVersionId: '0',
    container: {
      path,
      accountId: account,
      containerId: CONTAINER_ID,
      name: plan.title,
      publicId,
      usageContext: ['web'],
      fingerprint,
      tagManagerUrl: `https://tagmanager.google.com/#/container/${path}/workspaces?apiLink=container`,
      tagIds: [publicId],
    },
    ...listed('tag', entities('gtm/tag', 'tag')),
    ...listed('trigger', entities('gtm/trigger', 'trigger')),
    ...listed('variable', entities('gtm/variable', 'variable')),
    ...listed('folder', entities('gtm/folder', 'folder')),
    ...listed('customTemplate', entities('gtm/template', 'customTemplate')),
    ...listed('builtInVariable', builtIns(resources, account)),
    fingerprint,
    tagManagerUrl: `https://tagmanager.google.com/#/versions/${path}/versions/0?apiLink=version`,
  }
}

/** The container file as a value. `time` stands in it as the moment of export. */
export function containerFile(plan: Plan, resources: readonly Resource[], time: Date): Body {
  return {
    exportFormatVersion: 2,
    exportTime: time.toISOString().slice(0, 19).replace('T', ' '),
    containerVersion: toExportCasing(containerVersion(plan, resources, time)),
  }
}

/** The container file as text, indented as GTM indents it. */
export function renderContainerFile(plan: Plan, resources: readonly Resource[], time: Date): string {
  return `${JSON.stringify(containerFile(plan, resources, time), null, 4)}\n`
}

function bodyOf<K extends EntityKind>(resource: Resource<K>, refs: RefsOut, hash: string): Body {
  const notes = renderNotes(resource.handNotes ?? '', resource.notes, {
    key: resource.key,
    hash,
    ...(resource.protected === true ? { protected: true } : {}),
  })
  const body = ENTITIES[resource.kind].toWire(resource, notes, refs)
  const listens = body.type === 'linkClick' || body.type === 'formSubmission'
  return listens ? { ...body, uniqueTriggerId: { type: 'template' } } : body
}

function builtIns(resources: readonly Resource[], account: string): Body[] {
  return resources.flatMap((resource) =>
    resource.kind === 'gtm/built-in-variable'
      ? [{ accountId: account, containerId: CONTAINER_ID, type: resource.spec.type, name: resource.name }]
      : [],
  )
}

/** Names of the triggers that the plan takes from the container: their numbers are known there alone, and to no file. */
export function existingTriggersIn(resources: readonly Resource[]): readonly string[] {
  const names = resources.flatMap((resource) =>
    referencesOf(resource).flatMap(({ kind, ref }) =>
      kind === 'gtm/trigger' && keyIn(ref) === undefined && !BUILT_IN_TRIGGER_NAMES.has(ref) ? [ref] : [],
    ),
  )
  return [...new Set(names)].sort()
}

/** Triggers and folders are referred to by id, variables and tags by name; a name that is not ours stays. */
function refsOut(resources: readonly Resource[], ids: ReadonlyMap<string, string>): RefsOut {
  const names = new Map(resources.map((resource) => [`@${resource.key}`, resource.name]))
  const idOf = (ref: string): string => {
    const id = ids.get(ref.slice(1))
    if (id === undefined) throw new Error(`Nothing in the container has the reference ${ref}.`)
    return id
  }
  const builtInTriggers = new Map([...BUILT_IN_TRIGGERS].map(([id, name]) => [name, id]))
  const nameOf = (ref: string): string => names.get(ref) ?? ref
  return {
    template: (type) => (keyIn(type) === undefined ? type : templateType(CONTAINER_ID, idOf(type))),
    variable: nameOf,
    tag: nameOf,
    folder: idOf,
    // One of the container's by its name has a number that only the container knows.
    trigger: (ref) => builtInTriggers.get(ref) ?? (keyIn(ref) === undefined ? ref : idOf(ref)),
  }
}

function inOrder(body: Body, fields: readonly string[]): Body {
  const known: { [field: string]: unknown } = {}
  for (const field of fields) if (body[field] !== undefined) known[field] = body[field]
  return { ...known, ...body }
}

/** GTM leaves empty kinds out. */
function listed(field: string, entities: readonly Body[]): Body {
  return entities.length === 0 ? {} : { [field]: entities }
}
