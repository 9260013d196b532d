/**
 * The GA4 Admin API (v1beta), one function a request (lists: one request a page). A property is addressed as
 * `properties/1`, what stands in it by its full name (`properties/1/keyEvents/2`). All throw GoogleError; see `send` for
 * what is repeated.
 *
 * https://github.com/googleapis/googleapis/blob/f8291d2b89f0017ab078a4c7378069bae5686f6f/google/analytics/admin/v1beta/analytics_admin.proto
 */
import type { GoogleConnection } from './connection.ts'
import { everyPage, pageOf } from './pages.ts'
import * as shape from './shape.ts'
import type * as wire from './wire.ts'

// The largest page there is; a higher number is reduced to it.
const pageSize = 200

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
        client.properties.dataStreams.list({ parent: property, pageSize, ...pageToken }, options),
      read: pageOf('dataStreams', shape.dataStream),
    }),
  )
}

export async function listKeyEvents(
  google: GoogleConnection,
  property: string,
): Promise<readonly wire.WireKeyEvent[]> {
  return everyPage((pageToken) =>
    google.ga4({
      what: 'list the key events',
      effect: 'read',
      scope: 'analytics.readonly',
      call: (client, options) =>
        client.properties.keyEvents.list({ parent: property, pageSize, ...pageToken }, options),
      read: pageOf('keyEvents', shape.keyEvent),
    }),
  )
}

/** May fail with `already-exists`. */
export function createKeyEvent(
  google: GoogleConnection,
  property: string,
  body: wire.WireKeyEventBody,
): Promise<wire.WireKeyEvent> {
  return google.ga4({
    what: `create the key event "${body.eventName}"`,
    effect: 'once',
    scope: 'analytics.edit',
    call: (client, options) =>
      client.properties.keyEvents.create({ parent: property, requestBody: unfrozen(body) }, options),
    read: shape.keyEvent,
  })
}

/** Sets the given fields and no others, null takes the value away; the event's name can never be changed. */
export function patchKeyEvent(
  google: GoogleConnection,
  name: string,
  fields: {
    readonly countingMethod?: wire.WireCountingMethod
    readonly defaultValue?: { readonly numericValue: number; readonly currencyCode: string } | null
  },
): Promise<wire.WireKeyEvent> {
  return google.ga4({
    what: `update the key event ${name}`,
    effect: 'repeatable',
    scope: 'analytics.edit',
    call: (client, options) =>
      client.properties.keyEvents.patch(
        { name, updateMask: maskOf(fields), requestBody: unfrozen(fields) },
        options,
      ),
    read: shape.keyEvent,
  })
}

export function deleteKeyEvent(google: GoogleConnection, name: string): Promise<void> {
  return google.ga4({
    what: `delete the key event ${name}`,
    effect: 'repeatable',
    scope: 'analytics.edit',
    call: (client, options) => client.properties.keyEvents.delete({ name }, options),
    read: shape.nothing,
    whenGone: undefined,
  })
}

export async function listCustomDimensions(
  google: GoogleConnection,
  property: string,
): Promise<readonly wire.WireCustomDimension[]> {
  return everyPage((pageToken) =>
    google.ga4({
      what: 'list the custom dimensions',
      effect: 'read',
      scope: 'analytics.readonly',
      call: (client, options) =>
        client.properties.customDimensions.list({ parent: property, pageSize, ...pageToken }, options),
      read: pageOf('customDimensions', shape.customDimension),
    }),
  )
}

/** May fail with `already-exists`. */
export function createCustomDimension(
  google: GoogleConnection,
  property: string,
  body: wire.WireCustomDimensionBody,
): Promise<wire.WireCustomDimension> {
  return google.ga4({
    what: `create the custom dimension "${body.parameterName}"`,
    effect: 'once',
    scope: 'analytics.edit',
    call: (client, options) =>
      client.properties.customDimensions.create({ parent: property, requestBody: unfrozen(body) }, options),
    read: shape.customDimension,
  })
}

/** Sets the given fields and no others; parameter name and scope can never be changed. */
export function patchCustomDimension(
  google: GoogleConnection,
  name: string,
  fields: Partial<
    Pick<wire.WireCustomDimensionBody, 'displayName' | 'description' | 'disallowAdsPersonalization'>
  >,
): Promise<wire.WireCustomDimension> {
  return google.ga4({
    what: `update the custom dimension ${name}`,
    effect: 'repeatable',
    scope: 'analytics.edit',
    call: (client, options) =>
      client.properties.customDimensions.patch(
        { name, updateMask: maskOf(fields), requestBody: unfrozen(fields) },
        options,
      ),
    read: shape.customDimension,
  })
}

/** Cannot be undone: an archived custom dimension is gone from every list. */
export function archiveCustomDimension(google: GoogleConnection, name: string): Promise<void> {
  return google.ga4({
    what: `archive the custom dimension ${name}`,
    effect: 'repeatable',
    scope: 'analytics.edit',
    call: (client, options) => client.properties.customDimensions.archive({ name, requestBody: {} }, options),
    read: shape.nothing,
    whenGone: undefined,
  })
}

export async function listCustomMetrics(
  google: GoogleConnection,
  property: string,
): Promise<readonly wire.WireCustomMetric[]> {
  return everyPage((pageToken) =>
    google.ga4({
      what: 'list the custom metrics',
      effect: 'read',
      scope: 'analytics.readonly',
      call: (client, options) =>
        client.properties.customMetrics.list({ parent: property, pageSize, ...pageToken }, options),
      read: pageOf('customMetrics', shape.customMetric),
    }),
  )
}

/** May fail with `already-exists`. */
export function createCustomMetric(
  google: GoogleConnection,
  property: string,
  body: wire.WireCustomMetricBody,
): Promise<wire.WireCustomMetric> {
  return google.ga4({
    what: `create the custom metric "${body.parameterName}"`,
    effect: 'once',
    scope: 'analytics.edit',
    call: (client, options) =>
      client.properties.customMetrics.create({ parent: property, requestBody: unfrozen(body) }, options),
    read: shape.customMetric,
  })
}

/** Sets the given fields and no others; parameter name and scope can never be changed. */
export function patchCustomMetric(
  google: GoogleConnection,
  name: string,
  fields: Partial<
    Pick<
      wire.WireCustomMetricBody,
      'displayName' | 'description' | 'measurementUnit' | 'restrictedMetricType'
    >
  >,
): Promise<wire.WireCustomMetric> {
  return google.ga4({
    what: `update the custom metric ${name}`,
    effect: 'repeatable',
    scope: 'analytics.edit',
    call: (client, options) =>
      client.properties.customMetrics.patch(
        { name, updateMask: maskOf(fields), requestBody: unfrozen(fields) },
        options,
      ),
    read: shape.customMetric,
  })
}

/** Cannot be undone: an archived custom metric is gone from every list. */
export function archiveCustomMetric(google: GoogleConnection, name: string): Promise<void> {
  return google.ga4({
    what: `archive the custom metric ${name}`,
    effect: 'repeatable',
    scope: 'analytics.edit',
    call: (client, options) => client.properties.customMetrics.archive({ name, requestBody: {} }, options),
    read: shape.nothing,
    whenGone: undefined,
  })
}

/** The fields' names as a mask wants them: snake_case, comma-separated. */
function maskOf(fields: object): string {
  return Object.keys(fields)
    .map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .join(',')
}

type Unfrozen<T> = {
  -readonly [K in keyof T]: NonNullable<T[K]> extends readonly (infer Item)[] ? Item[] : NonNullable<T[K]>
}

// A field that is in the mask and not in the body is taken away. Our types are read-only and the client's are not.
function unfrozen<T extends object>(body: T): Unfrozen<T> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)) as Unfrozen<T>
}
