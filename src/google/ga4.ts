/**
 * The GA4 Admin API (v1beta, and v1alpha where only that has a list), one function a request (lists: one request a page).
 * A property is addressed as `properties/1`, what stands in it by its full name (`properties/1/keyEvents/2`). All throw
 * GoogleError; see `send` for what is repeated.
 *
 * https://github.com/googleapis/googleapis/blob/f8291d2b89f0017ab078a4c7378069bae5686f6f/google/analytics/admin/v1beta/analytics_admin.proto
 */
import type { analyticsadmin_v1alpha } from 'googleapis/build/src/apis/analyticsadmin/v1alpha.js'
import type { analyticsadmin_v1beta } from 'googleapis/build/src/apis/analyticsadmin/v1beta.js'
import type { CallOptions, ClientRequest, GoogleConnection } from './connection.ts'
import { everyPage, pageOf } from './pages.ts'
import type { Answer } from './send.ts'
import * as shape from './shape.ts'
import type * as wire from './wire.ts'

// The largest page there is; a higher number is reduced to it.
const PAGE_SIZE = 200

export function getProperty(google: GoogleConnection, property: string): Promise<wire.WireProperty> {
  return google.ga4({
    what: `read the property ${property}`,
    effect: 'read',
    scope: 'analytics.readonly',
    call: (client, options) => client.properties.get({ name: property }, options),
    read: shape.property,
  })
}

export async function listDataStreams(
  google: GoogleConnection,
  property: string,
): Promise<readonly wire.WireDataStream[]> {
  return everyPage((pageToken) =>
    google.ga4({
      what: 'list the data streams',
      effect: 'read',
      scope: 'analytics.readonly',
      call: (client, options) =>
        client.properties.dataStreams.list({ parent: property, pageSize: PAGE_SIZE, ...pageToken }, options),
      read: pageOf('dataStreams', shape.dataStream),
    }),
  )
}

/**
 * What was changed in a property, its newest 200 changes in whatever order. Asks for `analytics.edit` although it reads.
 * @param account `accounts/1`
 */
export function searchChanges(
  google: GoogleConnection,
  account: string,
  property: string,
): Promise<readonly wire.WireChangeEvent[]> {
  return google.ga4Alpha({
    what: 'read the change history',
    effect: 'read',
    scope: 'analytics.edit',
    call: (client, options) =>
      client.accounts.searchChangeHistoryEvents(
        { account, requestBody: { property, pageSize: PAGE_SIZE } },
        options,
      ),
    read: (body) => shape.listOf(body, 'changeHistoryEvents', shape.changeEvent),
  })
}

/** A note in the property's reports, for all who see them. */
export function createAnnotation(
  google: GoogleConnection,
  property: string,
  body: object,
): Promise<wire.WireNamed> {
  return google.ga4Alpha({
    what: 'write a note into the reports',
    effect: 'once',
    scope: 'analytics.edit',
    call: (client, options) =>
      client.properties.reportingDataAnnotations.create({ parent: property, requestBody: body }, options),
    read: shape.named,
  })
}

/** The lists and settings of a property, or of one of its streams, that are written, by Google's names for them. */
export interface WireByCollection {
  keyEvents: wire.WireKeyEvent
  customDimensions: wire.WireCustomDimension
  customMetrics: wire.WireCustomMetric
  audiences: wire.WireAudience
  calculatedMetrics: wire.WireNamed
  channelGroups: wire.WireNamed
  eventCreateRules: wire.WireNamed
  googleAdsLinks: wire.WireNamed
  bigQueryLinks: wire.WireNamed
  measurementProtocolSecrets: wire.WireNamed
  property: wire.WireProperty
  dataRetentionSettings: wire.WireNamed
  attributionSettings: wire.WireNamed
  googleSignalsSettings: wire.WireNamed
  reportingIdentitySettings: wire.WireNamed
  dataRedactionSettings: wire.WireNamed
  enhancedMeasurementSettings: wire.WireNamed
}
export type Collection = keyof WireByCollection

/**
 * Everything in a list: one request a page. Settings, of which there is one, come as a list of that one.
 * @param parent `properties/1`, or `properties/1/dataStreams/2` for what stands in a stream
 */
export function list<C extends Collection>(
  google: GoogleConnection,
  collection: C,
  parent: string,
): Promise<readonly WireByCollection[C][]> {
  const { title, titles = `${title}s`, read, ask, field = collection } = COLLECTIONS[collection]
  return everyPage((pageToken) =>
    ask(google, {
      what: `read the ${titles}`,
      effect: 'read',
      scope: 'analytics.readonly',
      call: (methods, options) => methods.list({ parent, pageSize: PAGE_SIZE, ...pageToken }, options),
      read: pageOf(field, read),
    }),
  )
}

/** May fail with `already-exists`. */
export function create<C extends Collection>(
  google: GoogleConnection,
  collection: C,
  parent: string,
  body: object,
): Promise<WireByCollection[C]> {
  const { title, read, ask } = COLLECTIONS[collection]
  return ask(google, {
    what: `create the ${title} "${nameIn({ ...body })}"`,
    effect: 'once',
    scope: 'analytics.edit',
    call: (methods, options) => methods.create({ parent, requestBody: body }, options),
    read,
  })
}

/**
 * Sets the given fields and no others, null takes the value away. What makes a thing that one (its event, its parameter
 * and scope) can never be changed.
 */
export function patch<C extends Collection>(
  google: GoogleConnection,
  collection: C,
  name: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<WireByCollection[C]> {
  const { title, read, ask } = COLLECTIONS[collection]
  return ask(google, {
    what: `update the ${title} ${name}`,
    effect: 'repeatable',
    scope: 'analytics.edit',
    call: (methods, options) =>
      methods.patch({ name, updateMask: maskOf(fields), requestBody: withoutNulls(fields) }, options),
    read,
  })
}

/** Deletes a key event. Archives everything else, which cannot be undone: it is gone from every list. */
export function remove(google: GoogleConnection, collection: Collection, name: string): Promise<void> {
  const { title, removal, ask } = COLLECTIONS[collection]
  return ask(google, {
    what: `${removal} the ${title} ${name}`,
    effect: 'repeatable',
    scope: 'analytics.edit',
    call: (methods, options) => methods.remove(name, options),
    read: shape.nothing,
    whenGone: undefined,
  })
}

/** A collection's four methods of the client, whatever the types of their bodies. */
interface Methods {
  readonly list: (
    params: { parent: string; pageSize: number; pageToken?: string },
    options: CallOptions,
  ) => Promise<Answer>
  readonly create: (params: { parent: string; requestBody: object }, options: CallOptions) => Promise<Answer>
  readonly patch: (
    params: { name: string; updateMask: string; requestBody: object },
    options: CallOptions,
  ) => Promise<Answer>
  readonly remove: (name: string, options: CallOptions) => Promise<Answer>
}

interface CollectionFacts<C extends Collection> {
  readonly title: string
  /** Of several, where that is not the title with an s. */
  readonly titles?: string
  readonly removal: 'delete' | 'archive'
  /** Under which the list comes, where that is not its name. */
  readonly field?: string
  readonly read: (body: unknown) => WireByCollection[C]
  readonly ask: Ask
}

/** Makes a request with the methods of one collection. */
type Ask = <T>(google: GoogleConnection, request: ClientRequest<Methods, T>) => Promise<T>

const beta =
  (methodsOf: (client: analyticsadmin_v1beta.Analyticsadmin) => Methods): Ask =>
  (google, request) =>
    google.ga4({ ...request, call: (client, options) => request.call(methodsOf(client), options) })

const alpha =
  (methodsOf: (client: analyticsadmin_v1alpha.Analyticsadmin) => Methods): Ask =>
  (google, request) =>
    google.ga4Alpha({ ...request, call: (client, options) => request.call(methodsOf(client), options) })

/** A list of the client, which has those methods under the same names. */
interface Listed {
  list(
    params: { parent: string; pageSize: number; pageToken?: string },
    options: CallOptions,
  ): Promise<Answer>
  create(params: { parent: string; requestBody: object }, options: CallOptions): Promise<Answer>
  patch(
    params: { name: string; updateMask: string; requestBody: object },
    options: CallOptions,
  ): Promise<Answer>
}

const listed = (client: Listed): Omit<Methods, 'remove'> => ({
  list: (params, options) => client.list(params, options),
  create: (params, options) => client.create(params, options),
  patch: (params, options) => client.patch(params, options),
})

const deleted = (
  client: Listed & { delete(params: { name: string }, options: CallOptions): Promise<Answer> },
): Methods => ({
  ...listed(client),
  remove: (name, options) => client.delete({ name }, options),
})

const archived = (
  client: Listed & {
    archive(params: { name: string; requestBody: object }, options: CallOptions): Promise<Answer>
  },
): Methods => ({
  ...listed(client),
  remove: (name, options) => client.archive({ name, requestBody: {} }, options),
})

/** What there is once, always: it is read by its name, and comes as a list of that one. */
interface SettingMethods {
  readonly get: (params: { name: string }, options: CallOptions) => Promise<Answer>
  readonly patch: Methods['patch']
}

/** @param collection its name below what it stands in; the property itself stands in nothing. */
function onlyOne(collection: Collection, { get, patch }: SettingMethods): Methods {
  return {
    list: async ({ parent }, options) => {
      const answer = await get(
        { name: collection === 'property' ? parent : `${parent}/${collection}` },
        options,
      )
      return { ...answer, data: { [collection]: [answer.data] } }
    },
    create: noSuchMethod,
    patch,
    remove: noSuchMethod,
  }
}

/** What there is once is never created or deleted; asking for it is a mistake of ours. */
function noSuchMethod(): never {
  throw new Error('Settings are always there.')
}

const setting = (title: string) => ({ title, titles: title, removal: 'delete' }) as const

/** How each list is read and written. A new one is its line here. */
export const COLLECTIONS: { readonly [C in Collection]: CollectionFacts<C> } = {
  keyEvents: {
    title: 'key event',
    removal: 'delete',
    read: shape.keyEvent,
    ask: beta(({ properties: { keyEvents } }) => deleted(keyEvents)),
  },
  customDimensions: {
    title: 'custom dimension',
    removal: 'archive',
    read: shape.customDimension,
    ask: beta(({ properties: { customDimensions } }) => archived(customDimensions)),
  },
  customMetrics: {
    title: 'custom metric',
    removal: 'archive',
    read: shape.customMetric,
    ask: beta(({ properties: { customMetrics } }) => archived(customMetrics)),
  },
  audiences: {
    title: 'audience',
    removal: 'archive',
    read: shape.audience,
    ask: alpha(({ properties: { audiences } }) => archived(audiences)),
  },
  calculatedMetrics: {
    title: 'calculated metric',
    removal: 'delete',
    read: shape.named,
    ask: alpha(({ properties: { calculatedMetrics } }) => ({
      list: (params, options) => calculatedMetrics.list(params, options),
      create: ({ requestBody, ...params }, options) => {
        // The id stands in the address, and in the body it is Google's alone.
        const { calculatedMetricId, ...rest } = requestBody as { calculatedMetricId: string }
        return calculatedMetrics.create({ ...params, calculatedMetricId, requestBody: rest }, options)
      },
      patch: (params, options) => calculatedMetrics.patch(params, options),
      remove: (name, options) => calculatedMetrics.delete({ name }, options),
    })),
  },
  channelGroups: {
    title: 'channel group',
    removal: 'delete',
    read: shape.named,
    ask: alpha(({ properties: { channelGroups } }) => deleted(channelGroups)),
  },
  eventCreateRules: {
    title: 'event create rule',
    removal: 'delete',
    read: shape.named,
    ask: alpha(({ properties: { dataStreams } }) => deleted(dataStreams.eventCreateRules)),
  },
  googleAdsLinks: {
    title: 'Google Ads link',
    removal: 'delete',
    read: shape.named,
    ask: beta(({ properties: { googleAdsLinks } }) => deleted(googleAdsLinks)),
  },
  bigQueryLinks: {
    title: 'BigQuery link',
    field: 'bigqueryLinks',
    removal: 'delete',
    read: shape.named,
    ask: alpha(({ properties: { bigQueryLinks } }) => deleted(bigQueryLinks)),
  },
  measurementProtocolSecrets: {
    title: 'Measurement Protocol secret',
    removal: 'delete',
    read: shape.secret,
    ask: beta(({ properties: { dataStreams } }) => deleted(dataStreams.measurementProtocolSecrets)),
  },
  property: {
    ...setting('property'),
    read: shape.property,
    ask: beta(({ properties }) =>
      onlyOne('property', {
        get: (params, options) => properties.get(params, options),
        patch: (params, options) => properties.patch(params, options),
      }),
    ),
  },
  dataRetentionSettings: {
    ...setting('data retention'),
    read: shape.named,
    ask: beta(({ properties }) =>
      onlyOne('dataRetentionSettings', {
        get: (params, options) => properties.getDataRetentionSettings(params, options),
        patch: (params, options) => properties.updateDataRetentionSettings(params, options),
      }),
    ),
  },
  attributionSettings: {
    ...setting('attribution settings'),
    read: shape.named,
    ask: alpha(({ properties }) =>
      onlyOne('attributionSettings', {
        get: (params, options) => properties.getAttributionSettings(params, options),
        patch: (params, options) => properties.updateAttributionSettings(params, options),
      }),
    ),
  },
  googleSignalsSettings: {
    ...setting('Google signals'),
    read: shape.named,
    ask: alpha(({ properties }) =>
      onlyOne('googleSignalsSettings', {
        get: (params, options) => properties.getGoogleSignalsSettings(params, options),
        patch: (params, options) => properties.updateGoogleSignalsSettings(params, options),
      }),
    ),
  },
  reportingIdentitySettings: {
    ...setting('reporting identity'),
    read: shape.named,
    ask: alpha(({ properties }) =>
      onlyOne('reportingIdentitySettings', {
        get: (params, options) => properties.getReportingIdentitySettings(params, options),
        patch: (params, options) => properties.updateReportingIdentitySettings(params, options),
      }),
    ),
  },
  dataRedactionSettings: {
    ...setting('data redaction'),
    read: shape.named,
    ask: alpha(({ properties: { dataStreams } }) =>
      onlyOne('dataRedactionSettings', {
        get: (params, options) => dataStreams.getDataRedactionSettings(params, options),
        patch: (params, options) => dataStreams.updateDataRedactionSettings(params, options),
      }),
    ),
  },
  enhancedMeasurementSettings: {
    ...setting('enhanced measurement'),
    read: shape.named,
    ask: alpha(({ properties: { dataStreams } }) =>
      onlyOne('enhancedMeasurementSettings', {
        get: (params, options) => dataStreams.getEnhancedMeasurementSettings(params, options),
        patch: (params, options) => dataStreams.updateEnhancedMeasurementSettings(params, options),
      }),
    ),
  },
}

function nameIn(body: { readonly [field: string]: unknown }): string {
  return String(
    body.eventName ??
      body.parameterName ??
      body.displayName ??
      body.destinationEvent ??
      body.customerId ??
      body.project,
  )
}

/** The fields' names as a mask wants them: snake_case, comma-separated. */
function maskOf(fields: object): string {
  return Object.keys(fields)
    .map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .join(',')
}

// A field that is in the mask and not in the body is taken away.
function withoutNulls(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
