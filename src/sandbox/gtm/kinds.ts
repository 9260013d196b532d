/** The kinds of entity that a GTM workspace holds, and how each is called in paths, lists and version headers. */

export interface KindFacts {
  /** Key of the kind in a container version and in an `Entity`. */
  readonly kind: Kind
  readonly collection: string
  readonly idField: string
  readonly schema: string
  /** Singular key of list answers; custom templates are `template` there. */
  readonly listKey: string
  readonly apiLink: string
  readonly count: string | undefined
}

export const KINDS = [
  'tag',
  'trigger',
  'variable',
  'folder',
  'customTemplate',
  'client',
  'transformation',
  'zone',
  'gtagConfig',
  'builtInVariable',
] as const
export type Kind = (typeof KINDS)[number]

// Source: https://developers.google.com/tag-platform/tag-manager/api/reference/rest (paths and list keys)
const table: readonly (readonly [Kind, string, string, string, string, string | undefined])[] = [
  ['tag', 'tags', 'tagId', 'Tag', 'tag', 'numTags'],
  ['trigger', 'triggers', 'triggerId', 'Trigger', 'trigger', 'numTriggers'],
  ['variable', 'variables', 'variableId', 'Variable', 'variable', 'numVariables'],
  ['folder', 'folders', 'folderId', 'Folder', 'folder', undefined],
  ['customTemplate', 'templates', 'templateId', 'CustomTemplate', 'template', 'numCustomTemplates'],
  ['client', 'clients', 'clientId', 'Client', 'client', 'numClients'],
  [
    'transformation',
    'transformations',
    'transformationId',
    'Transformation',
    'transformation',
    'numTransformations',
  ],
  ['zone', 'zones', 'zoneId', 'Zone', 'zone', 'numZones'],
  ['gtagConfig', 'gtag_config', 'gtagConfigId', 'GtagConfig', 'gtagConfig', 'numGtagConfigs'],
  ['builtInVariable', 'built_in_variables', 'type', 'BuiltInVariable', 'builtInVariable', undefined],
]

export const KIND_FACTS = Object.fromEntries(
  table.map(([kind, collection, idField, schema, listKey, count]) => [
    kind,
    { kind, collection, idField, schema, listKey, apiLink: listKey, count },
  ]),
) as unknown as Readonly<Record<Kind, KindFacts>>

// Ids that may be used in firingTriggerId although triggers.list never shows them; the first three as Google's own tool
// writes them: https://github.com/google/ga4-gtm-migration/blob/main/utils/triggers.js ; the last is the server container's
// "all", seen in exports of server containers.
export const FIXED_TRIGGERS: ReadonlyMap<string, string> = new Map([
  ['2147479553', 'All Pages'],
  ['2147479572', 'Consent Initialization - All Pages'],
  ['2147479573', 'Initialization - All Pages'],
  ['2147479574', 'Always'],
])
