/**
 * One call of every imitated method, in an order in which each finds what it needs. `$name` stands for the path or name that
 * the step of that label answered with.
 */
export interface Step {
  /** `tagmanager.accounts.list`, `v1beta.properties.get`, ... */
  readonly method: string
  readonly label?: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly body?: Readonly<Record<string, unknown>>
}

const template = (key: string, value: string) => ({ type: 'template', key, value })
const html = [template('html', '<b></b>')]
const filter = [{ type: 'equals', parameter: [template('arg0', '{{Page Path}}'), template('arg1', '/')] }]

const ENTITIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  folders: { name: 'Folder' },
  triggers: { name: 'Trigger', type: 'pageview', filter },
  tags: {
    name: 'Tag',
    type: 'html',
    parameter: html,
    firingTriggerId: ['2147479553'],
    priority: { type: 'integer', value: '3' },
    consentSettings: {
      consentStatus: 'needed',
      consentType: { type: 'list', list: [{ type: 'template', value: 'ad_storage' }] },
    },
  },
  variables: {
    name: 'Variable',
    type: 'c',
    parameter: [template('value', '1')],
    formatValue: { caseConversionType: 'lowercase' },
  },
  templates: { name: 'Template', templateData: '___INFO___\n\n{}' },
  clients: { name: 'Client', type: 'gaaw_client', priority: 100 },
  transformations: { name: 'Transformation', type: 'tf_augment_event' },
  zones: {
    name: 'Zone',
    childContainer: [{ publicId: 'GTM-ZONE01', nickname: 'z' }],
    boundary: { condition: filter },
  },
  gtag_config: { type: 'googtag', parameter: [template('tagId', 'G-ABC')] },
}

// What only a server container has; all else stands in a web container.
const parentOf = (collection: string) =>
  ['clients', 'transformations'].includes(collection) ? '$serverWorkspace' : '$workspace'

const W = 'tagmanager.accounts.containers.workspaces'
const C = 'tagmanager.accounts.containers'

const entitySteps: Step[] = Object.entries(ENTITIES).flatMap(([collection, body]) => [
  { method: `${W}.${collection}.create`, label: collection, params: { parent: parentOf(collection) }, body },
  { method: `${W}.${collection}.get`, params: { path: `$${collection}` } },
  { method: `${W}.${collection}.list`, params: { parent: parentOf(collection) } },
  {
    method: `${W}.${collection}.update`,
    params: { path: `$${collection}` },
    body: { ...body, notes: collection === 'templates' || collection === 'gtag_config' ? undefined : 'n' },
  },
])

const entityEnds: Step[] = Object.keys(ENTITIES).flatMap((collection) => [
  ...(collection === 'gtag_config'
    ? [{ method: `${W}.gtag_config.delete`, params: { path: '$gtag_config' } }]
    : [{ method: `${W}.${collection}.revert`, params: { path: `$${collection}` } }]),
])

export const GTM_STEPS: readonly Step[] = [
  { method: `${C}.lookup`, label: 'container', params: { tagId: 'GTM-ROUTES1' } },
  { method: 'tagmanager.accounts.list', params: { includeGoogleTags: true } },
  { method: 'tagmanager.accounts.get', params: { path: '$account' } },
  {
    method: 'tagmanager.accounts.update',
    params: { path: '$account' },
    body: { name: 'Renamed', shareData: true },
  },
  { method: `${C}.list`, params: { parent: '$account' } },
  { method: `${C}.get`, params: { path: '$container' } },
  {
    method: `${C}.create`,
    label: 'server',
    params: { parent: '$account' },
    body: { name: 'Server', usageContext: ['server'], taggingServerUrls: ['https://t.example'] },
  },
  {
    method: `${C}.update`,
    params: { path: '$server' },
    body: { name: 'Server 2', usageContext: ['server'], notes: 'n', domainName: ['a.example'] },
  },
  { method: `${C}.snippet`, params: { path: '$server' } },
  { method: `${C}.snippet`, params: { path: '$container' } },
  { method: `${C}.delete`, params: { path: '$server' } },
  {
    method: 'tagmanager.accounts.user_permissions.create',
    label: 'user',
    params: { parent: '$account' },
    body: {
      emailAddress: 'a@b.example',
      accountAccess: { permission: 'user' },
      containerAccess: [{ containerId: '1', permission: 'publish' }],
    },
  },
  { method: 'tagmanager.accounts.user_permissions.get', params: { path: '$user' } },
  { method: 'tagmanager.accounts.user_permissions.list', params: { parent: '$account' } },
  {
    method: 'tagmanager.accounts.user_permissions.update',
    params: { path: '$user' },
    body: { accountAccess: { permission: 'admin' } },
  },
  { method: 'tagmanager.accounts.user_permissions.delete', params: { path: '$user' } },
  {
    method: `${C}.destinations.link`,
    label: 'destination',
    params: { parent: '$container', destinationId: 'AW-12345' },
  },
  { method: `${C}.destinations.get`, params: { path: '$destination' } },
  { method: `${C}.destinations.list`, params: { parent: '$container' } },
  {
    method: `${C}.environments.create`,
    label: 'environment',
    params: { parent: '$container' },
    body: { name: 'QA', url: 'https://qa.example', enableDebug: true, containerVersionId: '1' },
  },
  { method: `${C}.environments.get`, params: { path: '$environment' } },
  { method: `${C}.environments.list`, params: { parent: '$container' } },
  {
    method: `${C}.environments.update`,
    params: { path: '$environment' },
    body: { name: 'QA 2', description: 'd' },
  },
  { method: `${C}.environments.reauthorize`, params: { path: '$environment' }, body: {} },
  { method: `${C}.environments.delete`, params: { path: '$environment' } },
  {
    method: `${W}.create`,
    label: 'workspace',
    params: { parent: '$container' },
    body: { name: 'Work', description: 'd' },
  },
  { method: `${W}.get`, params: { path: '$workspace' } },
  { method: `${W}.list`, params: { parent: '$container' } },
  { method: `${W}.update`, params: { path: '$workspace' }, body: { name: 'Work 2' } },
  {
    method: `${C}.create`,
    label: 'otherServer',
    params: { parent: '$account' },
    body: { name: 'Other server', usageContext: ['server'] },
  },
  {
    method: `${W}.create`,
    label: 'serverWorkspace',
    params: { parent: '$otherServer' },
    body: { name: 'Work' },
  },
  ...entitySteps,
  {
    method: `${W}.templates.import_from_gallery`,
    params: { parent: '$workspace', galleryOwner: 'o', galleryRepository: 'r', acknowledgePermissions: true },
  },
  {
    method: `${W}.built_in_variables.create`,
    params: { parent: '$workspace', type: ['clickUrl', 'formId'] },
  },
  { method: `${W}.built_in_variables.list`, params: { parent: '$workspace' } },
  { method: `${W}.built_in_variables.revert`, params: { path: '$workspace', type: 'pageUrl' } },
  {
    method: `${W}.built_in_variables.delete`,
    params: { path: '$workspace/built_in_variables', type: ['formId'] },
  },
  {
    method: `${W}.folders.move_entities_to_folder`,
    params: { path: '$folders', tagId: ['$id:tags'] },
    body: {},
  },
  { method: `${W}.folders.entities`, params: { path: '$folders' } },
  {
    method: `${W}.bulk_update`,
    params: { path: '$workspace' },
    body: {
      changes: [
        {
          changeStatus: 'added',
          variable: { variableId: 'new_1', name: 'Bulk', type: 'c', parameter: [template('value', '1')] },
        },
      ],
    },
  },
  { method: `${W}.getStatus`, params: { path: '$workspace' } },
  { method: `${W}.quick_preview`, params: { path: '$workspace' } },
  { method: `${W}.sync`, params: { path: '$workspace' } },
  {
    method: `${W}.create_version`,
    label: 'versionAnswer',
    params: { path: '$container/workspaces/2' },
    body: { name: 'v2', notes: 'n' },
  },
  { method: `${C}.versions.get`, params: { path: '$container/versions/2' } },
  { method: `${C}.versions.publish`, params: { path: '$container/versions/2' } },
  { method: `${C}.versions.live`, params: { parent: '$container' } },
  {
    method: `${C}.versions.update`,
    params: { path: '$container/versions/2' },
    body: { name: 'v2b', description: 'd' },
  },
  { method: `${C}.versions.set_latest`, params: { path: '$container/versions/2' } },
  { method: `${C}.versions.delete`, params: { path: '$container/versions/1' } },
  { method: `${C}.versions.undelete`, params: { path: '$container/versions/1' } },
  { method: `${C}.version_headers.list`, params: { parent: '$container', includeDeleted: true } },
  { method: `${C}.version_headers.latest`, params: { parent: '$container' } },
  ...entityEnds,
  ...Object.keys(ENTITIES)
    .filter((collection) => collection !== 'gtag_config')
    .flatMap((collection) => [
      {
        method: `${W}.${collection}.create`,
        label: `${collection}2`,
        params: { parent: parentOf(collection) },
        body: { ...ENTITIES[collection], name: `${collection} again` },
      },
      { method: `${W}.${collection}.delete`, params: { path: `$${collection}2` } },
    ]),
  { method: `${W}.delete`, params: { path: '$workspace' } },
]

const P = 'properties'
const allOf = (leaf: object) => ({
  andGroup: { filterExpressions: [{ orGroup: { filterExpressions: [leaf] } }] },
})
const condition = { field: 'event_name', comparisonType: 'EQUALS', value: 'x' }
const mutation = { parameter: 'a', parameterValue: 'b' }

interface Collection {
  readonly parent?: string
  readonly body: Readonly<Record<string, unknown>>
  readonly mask?: string
  readonly patch?: Readonly<Record<string, unknown>>
  readonly end: 'delete' | 'archive'
  readonly get?: false
  readonly params?: Readonly<Record<string, unknown>>
}

function collectionSteps(
  version: string,
  name: string,
  { parent = '$property', body, mask, patch, end, get, params }: Collection,
): Step[] {
  const label = `${version}.${name}`
  const prefix = `${version}.${P}${parent === '$stream' ? '.dataStreams' : ''}.${name}`
  return [
    { method: `${prefix}.create`, label, params: { parent, ...params }, body },
    ...(get === false ? [] : [{ method: `${prefix}.get`, params: { name: `$${label}` } }]),
    { method: `${prefix}.list`, params: { parent, pageSize: 5 } },
    ...(mask === undefined
      ? []
      : [
          { method: `${prefix}.patch`, params: { name: `$${label}`, updateMask: mask }, body: patch ?? body },
        ]),
    { method: `${prefix}.${end}`, params: { name: `$${label}` }, ...(end === 'archive' && { body: {} }) },
  ]
}

/** For v1beta and, with the kinds that only it has, v1alpha. */
export function ga4Steps(version: 'v1beta' | 'v1alpha'): readonly Step[] {
  const collection = (name: string, facts: Collection) => collectionSteps(version, name, facts)
  const own = version === 'v1beta' ? '1' : '2'
  return [
    { method: `${version}.properties.get`, label: 'property', params: { name: 'properties/345' } },
    { method: `${version}.accountSummaries.list` },
    { method: `${version}.accounts.list` },
    { method: `${version}.accounts.get`, params: { name: '$ga4account' } },
    {
      method: `${version}.accounts.patch`,
      params: { name: '$ga4account', updateMask: 'display_name' },
      body: { displayName: 'A' },
    },
    {
      method: `${version}.accounts.getDataSharingSettings`,
      params: { name: '$ga4account/dataSharingSettings' },
    },
    { method: `${version}.properties.list`, params: { filter: 'parent:$ga4account' } },
    {
      method: `${version}.properties.create`,
      label: 'made',
      body: {
        displayName: `Made ${own}`,
        timeZone: 'Asia/Dubai',
        currencyCode: 'AED',
        parent: '$ga4account',
      },
    },
    {
      method: `${version}.properties.patch`,
      params: { name: '$made', updateMask: 'displayName,industryCategory' },
      body: { displayName: 'Made anew', industryCategory: 'SHOPPING' },
    },
    { method: `${version}.properties.delete`, params: { name: '$made' } },
    {
      method: `${version}.properties.getDataRetentionSettings`,
      params: { name: '$property/dataRetentionSettings' },
    },
    {
      method: `${version}.properties.updateDataRetentionSettings`,
      params: { name: '$property/dataRetentionSettings', updateMask: '*' },
      body: { eventDataRetention: 'FOURTEEN_MONTHS', userDataRetention: 'TWO_MONTHS' },
    },
    {
      method: `${version}.properties.acknowledgeUserDataCollection`,
      params: { property: '$property' },
      body: {
        acknowledgement:
          'I acknowledge that I have the necessary privacy disclosures and rights from my end users for the collection and processing of their data, including the association of such data with the visitation information Google Analytics collects from my site and/or app property.',
      },
    },
    {
      method: `${version}.properties.dataStreams.create`,
      label: 'stream',
      params: { parent: '$property' },
      body: {
        type: 'WEB_DATA_STREAM',
        displayName: 'Web',
        webStreamData: { defaultUri: 'https://a.example' },
      },
    },
    { method: `${version}.properties.dataStreams.get`, params: { name: '$stream' } },
    { method: `${version}.properties.dataStreams.list`, params: { parent: '$property' } },
    {
      method: `${version}.properties.dataStreams.patch`,
      params: { name: '$stream', updateMask: 'web_stream_data.default_uri' },
      body: { webStreamData: { defaultUri: 'https://b.example' } },
    },
    ...collection('measurementProtocolSecrets', {
      parent: '$stream',
      body: { displayName: 'Secret' },
      mask: 'display_name',
      end: 'delete',
    }),
    ...collection('keyEvents', {
      body: {
        eventName: 'lead',
        countingMethod: 'ONCE_PER_EVENT',
        defaultValue: { numericValue: 2, currencyCode: 'EUR' },
      },
      mask: '*',
      patch: { countingMethod: 'ONCE_PER_SESSION' },
      end: 'delete',
    }),
    ...collection('conversionEvents', {
      body: { eventName: 'lead2', defaultConversionValue: { value: 0, currencyCode: 'EUR' } },
      mask: 'counting_method',
      patch: { countingMethod: 'ONCE_PER_SESSION' },
      end: 'delete',
    }),
    ...collection('customDimensions', {
      body: {
        parameterName: `dim${own}`,
        displayName: 'Dim',
        scope: 'USER',
        description: 'd',
        disallowAdsPersonalization: true,
      },
      mask: 'display_name,description',
      end: 'archive',
    }),
    ...collection('customMetrics', {
      body: {
        parameterName: `met${own}`,
        displayName: 'Met',
        scope: 'EVENT',
        measurementUnit: 'CURRENCY',
        restrictedMetricType: ['COST_DATA'],
      },
      mask: 'display_name',
      end: 'archive',
    }),
    ...collection('googleAdsLinks', {
      body: { customerId: `123456789${own}`, adsPersonalizationEnabled: false },
      mask: 'ads_personalization_enabled',
      end: 'delete',
      get: false,
    }),
    ...collection('firebaseLinks', { body: { project: 'projects/1' }, end: 'delete', get: false }),
    ...(version === 'v1alpha' ? alphaSteps(collection) : []),
    {
      method: `${version}.accounts.searchChangeHistoryEvents`,
      params: { account: '$ga4account' },
      body: { property: '$property', pageSize: 3, action: ['CREATED'] },
    },
    { method: `${version}.properties.dataStreams.delete`, params: { name: '$stream' } },
    ...(version === 'v1alpha'
      ? [{ method: `${version}.accounts.delete`, params: { name: '$ga4account' } }]
      : []),
  ]
}

function alphaSteps(collection: (name: string, facts: Collection) => Step[]): Step[] {
  const settings = (
    name: string,
    path: string,
    mask: string,
    body: Readonly<Record<string, unknown>>,
  ): Step[] => [
    {
      method: `v1alpha.${P}.${path}get${name}`,
      params: {
        name: `${path === '' ? '$property' : '$stream'}/${name.charAt(0).toLowerCase()}${name.slice(1)}`,
      },
    },
    {
      method: `v1alpha.${P}.${path}update${name}`,
      params: {
        name: `${path === '' ? '$property' : '$stream'}/${name.charAt(0).toLowerCase()}${name.slice(1)}`,
        updateMask: mask,
      },
      body,
    },
  ]
  const rule = { eventConditions: [condition], parameterMutations: [mutation] }
  const eventFilter = { eventFilter: { eventName: 'x' } }
  const or = { orGroup: { filterExpressions: [eventFilter] } }
  const simpleFilter = {
    scope: 'AUDIENCE_FILTER_SCOPE_ACROSS_ALL_SESSIONS',
    filterExpression: { andGroup: { filterExpressions: [or] } },
  }
  return [
    ...settings('EnhancedMeasurementSettings', 'dataStreams.', 'scrolls_enabled', { scrollsEnabled: false }),
    ...settings('AttributionSettings', '', 'reporting_attribution_model', {
      reportingAttributionModel: 'PAID_AND_ORGANIC_CHANNELS_LAST_CLICK',
    }),
    ...settings('GoogleSignalsSettings', '', 'state', { state: 'GOOGLE_SIGNALS_ENABLED' }),
    ...settings('ReportingIdentitySettings', '', 'reporting_identity', { reportingIdentity: 'OBSERVED' }),
    ...collection('eventCreateRules', {
      parent: '$stream',
      body: { destinationEvent: 'made', sourceCopyParameters: true, ...rule },
      mask: 'destination_event',
      end: 'delete',
    }),
    {
      method: `v1alpha.${P}.dataStreams.eventEditRules.create`,
      label: 'edit',
      params: { parent: '$stream' },
      body: { displayName: 'E', ...rule },
    },
    { method: `v1alpha.${P}.dataStreams.eventEditRules.get`, params: { name: '$edit' } },
    { method: `v1alpha.${P}.dataStreams.eventEditRules.list`, params: { parent: '$stream' } },
    {
      method: `v1alpha.${P}.dataStreams.eventEditRules.patch`,
      params: { name: '$edit', updateMask: 'display_name' },
      body: { displayName: 'F' },
    },
    {
      method: `v1alpha.${P}.dataStreams.eventEditRules.reorder`,
      params: { parent: '$stream' },
      body: { eventEditRules: ['$edit'] },
    },
    { method: `v1alpha.${P}.dataStreams.eventEditRules.delete`, params: { name: '$edit' } },
    ...collection('audiences', {
      body: {
        displayName: 'Au',
        description: 'd',
        membershipDurationDays: 30,
        filterClauses: [{ clauseType: 'INCLUDE', simpleFilter }],
      },
      mask: 'display_name',
      end: 'archive',
    }),
    ...settings('DataRedactionSettings', 'dataStreams.', '*', {
      queryParameterRedactionEnabled: true,
      queryParameterKeys: ['email'],
    }),
    ...collection('bigQueryLinks', {
      body: { project: 'projects/shop', datasetLocation: 'EU', dailyExportEnabled: true },
      mask: 'daily_export_enabled',
      end: 'delete',
    }),
    ...collection('channelGroups', {
      body: {
        displayName: 'Ch',
        groupingRule: [
          {
            displayName: 'R',
            expression: allOf({
              filter: { fieldName: 'eachScopeSource', stringFilter: { matchType: 'EXACT', value: 'x' } },
            }),
          },
        ],
      },
      mask: 'primary',
      patch: { primary: true },
      end: 'delete',
    }),
    ...collection('calculatedMetrics', {
      params: { calculatedMetricId: 'margin' },
      body: { displayName: 'Ca', formula: '{{met1}} * 2', metricUnit: 'STANDARD' },
      mask: 'formula',
      end: 'delete',
    }),
    ...collection('reportingDataAnnotations', {
      body: { title: 'Launch', color: 'BLUE', annotationDate: { year: 2026, month: 1, day: 2 } },
      mask: 'title',
      end: 'delete',
    }),
  ]
}

const report = {
  dimensions: [{ name: 'eventName' }],
  metrics: [{ name: 'eventCount' }],
  dateRanges: [{ startDate: '2026-01-01', endDate: 'today' }],
  returnPropertyQuota: true,
}

export const DATA_STEPS: readonly Step[] = [
  { method: 'data.properties.runReport', params: { property: 'properties/345' }, body: report },
  {
    method: 'data.properties.batchRunReports',
    params: { property: 'properties/345' },
    body: { requests: [report] },
  },
  { method: 'data.properties.getMetadata', params: { name: 'properties/345/metadata' } },
]
