/**
 * What GA4's client has for each list and setting of a property, or of one of its streams, that is written: its methods, and how they
 * are spoken of.
 */
import type { analyticsadmin_v1alpha } from 'googleapis/build/src/apis/analyticsadmin/v1alpha.js'
import type { analyticsadmin_v1beta } from 'googleapis/build/src/apis/analyticsadmin/v1beta.js'
import type { Ga4Collection } from '../facts/ga4-collections.ts'
import type { CallOptions, ClientRequest, GoogleConnection } from './connection.ts'
import type { Answer } from './send.ts'
import * as answers from './answers.ts'
import type * as wire from './wire.ts'

export type Collection = Ga4Collection

/** Those of which more is relied on than that they have a name. */
interface OwnWire {
  keyEvents: wire.WireKeyEvent
  customDimensions: wire.WireCustomDimension
  customMetrics: wire.WireCustomMetric
  audiences: wire.WireAudience
  property: wire.WireProperty
}

export type WireByCollection = { [C in Collection]: C extends keyof OwnWire ? OwnWire[C] : wire.WireNamed }

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
  /** The field by which a new one is spoken of, where that is not `displayName`. */
  readonly called?: string
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
    called: 'eventName',
    removal: 'delete',
    read: answers.keyEvent,
    ask: beta(({ properties: { keyEvents } }) => deleted(keyEvents)),
  },
  customDimensions: {
    title: 'custom dimension',
    called: 'parameterName',
    removal: 'archive',
    read: answers.customDimension,
    ask: beta(({ properties: { customDimensions } }) => archived(customDimensions)),
  },
  customMetrics: {
    title: 'custom metric',
    called: 'parameterName',
    removal: 'archive',
    read: answers.customMetric,
    ask: beta(({ properties: { customMetrics } }) => archived(customMetrics)),
  },
  audiences: {
    title: 'audience',
    removal: 'archive',
    read: answers.audience,
    ask: alpha(({ properties: { audiences } }) => archived(audiences)),
  },
  calculatedMetrics: {
    title: 'calculated metric',
    removal: 'delete',
    read: answers.named,
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
    read: answers.named,
    ask: alpha(({ properties: { channelGroups } }) => deleted(channelGroups)),
  },
  eventCreateRules: {
    title: 'event create rule',
    called: 'destinationEvent',
    removal: 'delete',
    read: answers.named,
    ask: alpha(({ properties: { dataStreams } }) => deleted(dataStreams.eventCreateRules)),
  },
  googleAdsLinks: {
    title: 'Google Ads link',
    called: 'customerId',
    removal: 'delete',
    read: answers.named,
    ask: beta(({ properties: { googleAdsLinks } }) => deleted(googleAdsLinks)),
  },
  bigQueryLinks: {
    title: 'BigQuery link',
    called: 'project',
    field: 'bigqueryLinks',
    removal: 'delete',
    read: answers.named,
    ask: alpha(({ properties: { bigQueryLinks } }) => deleted(bigQueryLinks)),
  },
  measurementProtocolSecrets: {
    title: 'Measurement Protocol secret',
    removal: 'delete',
    read: answers.secret,
    ask: beta(({ properties: { dataStreams } }) => deleted(dataStreams.measurementProtocolSecrets)),
  },
  property: {
    ...setting('property'),
    read: answers.property,
    ask: beta(({ properties }) =>
      onlyOne('property', {
        get: (params, options) => properties.get(params, options),
        patch: (params, options) => properties.patch(params, options),
      }),
    ),
  },
  dataRetentionSettings: {
    ...setting('data retention'),
    read: answers.named,
    ask: beta(({ properties }) =>
      onlyOne('dataRetentionSettings', {
        get: (params, options) => properties.getDataRetentionSettings(params, options),
        patch: (params, options) => properties.updateDataRetentionSettings(params, options),
      }),
    ),
  },
  attributionSettings: {
    ...setting('attribution settings'),
    read: answers.named,
    ask: alpha(({ properties }) =>
      onlyOne('attributionSettings', {
        get: (params, options) => properties.getAttributionSettings(params, options),
        patch: (params, options) => properties.updateAttributionSettings(params, options),
      }),
    ),
  },
  googleSignalsSettings: {
    ...setting('Google signals'),
    read: answers.named,
    ask: alpha(({ properties }) =>
      onlyOne('googleSignalsSettings', {
        get: (params, options) => properties.getGoogleSignalsSettings(params, options),
        patch: (params, options) => properties.updateGoogleSignalsSettings(params, options),
      }),
    ),
  },
  reportingIdentitySettings: {
    ...setting('reporting identity'),
    read: answers.named,
    ask: alpha(({ properties }) =>
      onlyOne('reportingIdentitySettings', {
        get: (params, options) => properties.getReportingIdentitySettings(params, options),
        patch: (params, options) => properties.updateReportingIdentitySettings(params, options),
      }),
    ),
  },
  dataRedactionSettings: {
    ...setting('data redaction'),
    read: answers.named,
    ask: alpha(({ properties: { dataStreams } }) =>
      onlyOne('dataRedactionSettings', {
        get: (params, options) => dataStreams.getDataRedactionSettings(params, options),
        patch: (params, options) => dataStreams.updateDataRedactionSettings(params, options),
      }),
    ),
  },
  enhancedMeasurementSettings: {
    ...setting('enhanced measurement'),
    read: answers.named,
    ask: alpha(({ properties: { dataStreams } }) =>
      onlyOne('enhancedMeasurementSettings', {
        get: (params, options) => dataStreams.getEnhancedMeasurementSettings(params, options),
        patch: (params, options) => dataStreams.updateEnhancedMeasurementSettings(params, options),
      }),
    ),
  },
}
