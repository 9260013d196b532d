/**
 * The GA4 Admin API (v1beta, and v1alpha where only that has a list), one function a request (lists: one request a page).
 * A property is addressed as `properties/1`, what stands in it by its full name (`properties/1/keyEvents/2`). All throw
 * GoogleError; see `send` for what is repeated.
 *
 * https://github.com/googleapis/googleapis/blob/f8291d2b89f0017ab078a4c7378069bae5686f6f/google/analytics/admin/v1beta/analytics_admin.proto
 */
import type { GoogleConnection } from './connection.ts'
import { COLLECTIONS, type Collection, type WireByCollection } from './ga4-collections.ts'
import { everyPage, pageOf } from './pages.ts'
import * as answers from './answers.ts'
import type * as wire from './wire.ts'

// The largest page there is; a higher number is reduced to it.
const PAGE_SIZE = 200

export function getProperty(google: GoogleConnection, property: string): Promise<wire.WireProperty> {
  return google.ga4({
    what: `read the property ${property}`,
    effect: 'read',
    scope: 'analytics.readonly',
    call: (client, options) => client.properties.get({ name: property }, options),
    read: answers.property,
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
      read: pageOf('dataStreams', answers.dataStream),
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
    read: (body) => answers.listOf(body, 'changeHistoryEvents', answers.changeEvent),
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
    read: answers.named,
  })
}

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
  body: Readonly<Record<string, unknown>>,
): Promise<WireByCollection[C]> {
  const { title, called = 'displayName', read, ask } = COLLECTIONS[collection]
  return ask(google, {
    what: `create the ${title} "${String(body[called])}"`,
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
    read: answers.nothing,
    whenGone: undefined,
  })
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
