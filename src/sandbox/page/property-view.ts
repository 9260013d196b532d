/** A GA4 property: key events, custom definitions, streams, settings and what happened to it. */
import { eventsOf } from '../data/exports.ts'
import { collectionOf, visible } from '../ga4/resources.ts'
import { isObject, type Entity } from '../shape.ts'
import type { Store } from '../store.ts'
import { enumWords, plural, spaced, timeWords } from './words.ts'

export function propertySummary(store: Store, property: Entity) {
  const name = String(property['name'])
  const count = (collection: string) => visible(store, `${name}/${collection}`).length
  return {
    name: property['displayName'],
    id: name.split('/')[1],
    href: `/property/${name.split('/')[1] ?? ''}`,
    streams: measurementIds(store, name),
    counts: [
      plural(count('keyEvents'), 'key event'),
      plural(count('customDimensions'), 'dimension'),
      plural(count('customMetrics'), 'metric'),
    ],
  }
}

function measurementIds(store: Store, name: string): string[] {
  return visible(store, `${name}/dataStreams`).flatMap((stream) => {
    const web = stream['webStreamData']
    return isObject(web) ? [String(web['measurementId'])] : []
  })
}

interface Section {
  readonly title: string
  readonly empty: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

interface Cell {
  readonly text: string
  readonly code?: boolean
  readonly tag?: string
}

const code = (value: unknown): Cell => ({ text: String(value ?? ''), code: true })
const text = (value: unknown): Cell => ({ text: String(value ?? '') })

export function propertyView(store: Store, id: string) {
  const property = collectionOf(store, 'properties').get(id)
  if (!property) return undefined
  const name = `properties/${id}`
  const rows = (collection: string, cells: (resource: Entity) => Cell[]) =>
    visible(store, `${name}/${collection}`).map(cells)
  const sections: Section[] = [
    {
      title: 'Key events',
      empty: 'None.',
      columns: ['Event', 'Counted', 'Default value', 'Made'],
      rows: rows('keyEvents', (event) => [
        { ...code(event['eventName']), ...(event['custom'] !== true && { tag: 'Google’s own' }) },
        text(enumWords(event['countingMethod'])),
        text(valueOf(event['defaultValue'])),
        text(timeWords(event['createTime'])),
      ]),
    },
    {
      title: 'Custom dimensions',
      empty: 'None yet.',
      columns: ['Parameter', 'Name', 'Scope', 'Description'],
      rows: rows('customDimensions', (dimension) => [
        code(dimension['parameterName']),
        text(dimension['displayName']),
        text(enumWords(dimension['scope'])),
        text(dimension['description']),
      ]),
    },
    {
      title: 'Custom metrics',
      empty: 'None yet.',
      columns: ['Parameter', 'Name', 'Unit', 'Description'],
      rows: rows('customMetrics', (metric) => [
        code(metric['parameterName']),
        text(metric['displayName']),
        text(enumWords(metric['measurementUnit'])),
        text(metric['description']),
      ]),
    },
    {
      title: 'Data streams',
      empty: 'None yet.',
      columns: ['Name', 'Measurement id', 'Address'],
      rows: rows('dataStreams', (stream) => {
        const web = isObject(stream['webStreamData']) ? stream['webStreamData'] : {}
        return [text(stream['displayName']), code(web['measurementId']), text(web['defaultUri'])]
      }),
    },
    ...OTHERS.map(([collection, title]) => otherSection(store, title, [`${name}/${collection}`])),
    ...OF_STREAMS.map(([collection, title]) =>
      otherSection(
        store,
        title,
        visible(store, `${name}/dataStreams`).map((stream) => `${String(stream['name'])}/${collection}`),
      ),
    ),
    { ...settingsSection(store, name), empty: '' },
  ].filter(({ rows: shown, empty }) => shown.length > 0 || empty !== '')
  const { displayName, timeZone, currencyCode, industryCategory, serviceLevel } = property
  const archived = [...store.state.ga4.archived].filter((path) => path.startsWith(`${name}/`))
  return {
    id,
    name: displayName,
    facts: [
      { label: 'Time zone', value: timeZone },
      { label: 'Currency', value: currencyCode },
      { label: 'Industry', value: industryCategory === undefined ? undefined : enumWords(industryCategory) },
      { label: 'Level', value: enumWords(serviceLevel) },
      { label: 'Rows for reports', value: eventsOf(store, id).length || undefined },
      { label: 'Archived', value: archived.length > 0 ? plural(archived.length, 'definition') : undefined },
    ].filter(({ value }) => value !== undefined),
    tables: sections,
    history: historyOf(store, name),
  }
}

const OTHERS = [
  ['calculatedMetrics', 'Calculated metrics'],
  ['audiences', 'Audiences'],
  ['channelGroups', 'Channel groups'],
  ['googleAdsLinks', 'Google Ads links'],
  ['bigQueryLinks', 'BigQuery links'],
  ['reportingDataAnnotations', 'Annotations'],
] as const

const OF_STREAMS = [
  ['eventCreateRules', 'Events made from others'],
  ['eventEditRules', 'Events that are changed'],
  // Their names only: what a secret is stands nowhere on a page.
  ['measurementProtocolSecrets', 'Measurement Protocol secrets'],
] as const

function otherSection(store: Store, title: string, paths: readonly string[]): Section {
  const resources = paths.flatMap((path) => visible(store, path))
  return {
    title,
    empty: '',
    columns: ['Name', 'Resource'],
    rows: resources.map((resource) => [
      text(
        resource['displayName'] ??
          resource['title'] ??
          resource['customerId'] ??
          resource['destinationEvent'] ??
          resource['project'],
      ),
      code(resource['name']),
    ]),
  }
}

const SETTINGS =
  /\/(dataRetention|attribution|googleSignals|reportingIdentity|enhancedMeasurement|dataRedaction)Settings$/

/** Settings that somebody has changed; those that nobody touched are not stored. */
function settingsSection(store: Store, name: string): Section {
  const changed = [...store.state.ga4.collections]
    .filter(([path]) => path === name || path.startsWith(`${name}/dataStreams/`))
    .flatMap(([, resources]) => [...resources.values()])
    .filter((resource) => SETTINGS.test(String(resource['name'])))
  return {
    title: 'Settings',
    empty: '',
    columns: ['Setting', 'Value', 'Resource'],
    rows: changed.flatMap((settings) =>
      Object.entries(settings)
        .filter(([field]) => field !== 'name')
        .map(([field, value]) => [
          text(spaced(field)),
          text(Array.isArray(value) ? value.join(', ') : String(value)),
          code(settings['name']),
        ]),
    ),
  }
}

function valueOf(value: unknown): string {
  return isObject(value) ? `${String(value['numericValue'] ?? 0)} ${String(value['currencyCode'])}` : ''
}

const SHOWN = 25

function historyOf(store: Store, name: string) {
  const own = store.state.ga4.history.filter((event) => {
    const resource = String((event['changes'] as Entity[])[0]?.['resource'])
    return resource === name || resource.startsWith(`${name}/`)
  })
  return own
    .slice(-SHOWN)
    .reverse()
    .map((event) => {
      const change = (event['changes'] as Entity[])[0] ?? {}
      const resource = String(change['resource']).slice(name.length + 1)
      const status = { CREATED: 'added', UPDATED: 'updated', DELETED: 'deleted' }[String(change['action'])]
      return {
        time: timeWords(event['changeTime']),
        status,
        resource: resource === '' ? 'the property' : resource,
        kind: spaced(resource.split('/')[0] ?? ''),
      }
    })
}
