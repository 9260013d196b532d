/** The Google tag and the GA4 event tag, down to the hit (GTM-RUNTIME 7 and 12). */
import { gcs, isGranted } from './consent.ts'
import type { Container, TagEntity, VariableEntity } from './container.ts'
import { flagOf, parameterOf, rowsOf, textParameter, type Parameter } from './parameters.ts'
import { readTree } from './data-layer.ts'
import { ECOMMERCE_EVENTS, encoded, SETTINGS, type Hit, type Settings } from './hit.ts'
import { isPlain, isRecord, isUnknown, reasonOf, textOf, unknown, type Reason } from './value.ts'
import { pageUrl, parameterValue, referrer, valueOf, type Reading } from './variables.ts'

/** What the library remembers of one measurement id. */
interface Stream {
  /** Frozen when the Google tag ran; absent until then. */
  readonly settings?: Settings
  readonly hits: number
}

export interface Ga4 {
  readonly streams: { readonly [measurementId: string]: Stream }
  /** Whether the browser has been here before; then no hit says first visit or session start. */
  readonly returning: boolean
}

export const NO_GA4: Ga4 = { streams: {}, returning: false }

export type Ga4Result =
  | { readonly ga4: Ga4; readonly hits: readonly Hit[] }
  /** The tag does nothing, and why. */
  | { readonly nothing: string }
  | { readonly undecided: Reason }

const NOTHING: Settings = { parameters: new Map(), userProperties: new Map() }

/** `googtag`, and the older `gaawc`: configures a stream and sends its page_view. */
export function runGoogleTag(tag: TagEntity, ga4: Ga4, reading: Reading): Ga4Result {
  const id = parameterValue(
    parameterOf(tag.parameter, 'tagId') ?? parameterOf(tag.parameter, 'measurementId'),
    reading,
  )
  if (isUnknown(id)) return { undecided: reasonOf(id) }
  if (typeof id !== 'string' || id === '') return { nothing: 'its tag id is empty' }
  // Destinations of Google Ads and Google tag containers send nothing of their own to GA4.
  if (!id.startsWith('G-')) return { ga4, hits: [] }
  const settings = merged([
    tableOf(tag, 'configSettingsTable', reading),
    tableOf(tag, 'fieldsToSet', reading),
    settingsVariable(tag, 'configSettingsVariable', 'configSettingsTable', reading),
    settingsVariable(tag, 'eventSettingsVariable', 'eventSettingsTable', reading),
    tableOf(tag, 'eventSettingsTable', reading),
    { ...NOTHING, userProperties: tableOf(tag, 'userProperties', reading).parameters },
  ])
  const configured = withStream(ga4, id, { ...streamOf(ga4, id), settings })
  const sends = settings.parameters.get('send_page_view') ?? textParameter(tag.parameter, 'sendPageView')
  if (textOf(sends) === 'false') return { ga4: configured, hits: [] }
  return sent(tag, id, 'page_view', settings, true, configured, reading)
}

/** `gaawe`: one event. */
export function runEventTag(tag: TagEntity, ga4: Ga4, reading: Reading): Ga4Result {
  const id = measurementIdOf(tag, reading)
  const name = parameterValue(parameterOf(tag.parameter, 'eventName'), reading)
  if (isUnknown(id)) return { undecided: reasonOf(id) }
  if (isUnknown(name)) return { undecided: reasonOf(name) }
  if (typeof id !== 'string' || id === '') return { nothing: 'its measurement id is empty' }
  if (name === undefined || name === null || name === '') return { nothing: 'its event name is empty' }
  const event = textOf(name)
  const settings = merged([
    streamOf(ga4, id).settings ?? NOTHING,
    ecommerce(tag, event, reading),
    settingsVariable(tag, 'eventSettingsVariable', 'eventSettingsTable', reading),
    tableOf(tag, 'eventSettingsTable', reading),
    tableOf(tag, 'eventParameters', reading),
    { ...NOTHING, userProperties: tableOf(tag, 'userProperties', reading).parameters },
  ])
  return sent(tag, id, event, settings, false, ga4, reading)
}

function sent(
  tag: TagEntity,
  id: string,
  event: string,
  settings: Settings,
  automatic: boolean,
  ga4: Ga4,
  reading: Reading,
): Ga4Result {
  const before = streamOf(ga4, id)
  const { query, open } = encoded(event, settings)
  const isFirst = before.hits === 0 && !ga4.returning
  const own = new Set(query.map(([key]) => key))
  const shared: (readonly [key: string, value: string])[] = []
  const share = (key: string, value: string | undefined): void => {
    if (value !== undefined && !own.has(key)) shared.push([key, value])
  }
  share('v', '2')
  share('tid', id)
  share('dl', pageUrl(reading))
  const from = referrer(reading)
  if (from !== '') share('dr', from)
  share('dt', reading.page.title())
  share('_s', String(before.hits + 1))
  share('gcs', gcs(reading.consent))
  if (isFirst) for (const key of ['_fv', '_nsi', '_ss']) share(key, '1')
  if (reading.container.keyEvents.has(event)) share('_c', '1')
  return {
    ga4: withStream(ga4, id, { ...before, hits: before.hits + 1 }),
    hits: [
      {
        target: id,
        event,
        to: endpoint(settings, reading),
        query: [...shared, ...query],
        tag: tag.tagId,
        automatic,
        open,
      },
    ],
  }
}

/** Hits go to analytics.google.com when consent is granted or unset, else to www.google-analytics.com, or to the server container. */
function endpoint({ parameters }: Settings, { consent }: Reading): string {
  const server = parameters.get('server_container_url') ?? parameters.get('transport_url')
  if (typeof server === 'string' && server !== '') return `${server.replace(/\/+$/, '')}/g/collect`
  return isGranted(consent, 'analytics_storage') === false
    ? 'https://www.google-analytics.com/g/collect'
    : 'https://analytics.google.com/g/collect'
}

/** The measurement id of an event tag: its own, or that of the configuration tag it names. */
function measurementIdOf(tag: TagEntity, reading: Reading): unknown {
  const own = parameterOf(tag.parameter, 'measurementIdOverride')
  if (own?.value !== undefined && own.value !== '') return valueOf(own.value, reading)
  const other = parameterOf(tag.parameter, 'measurementId')
  if (other?.type !== 'tagReference') return parameterValue(other, reading)
  const named = reading.container.tagsByName.get(other.value ?? '')
  return parameterValue(
    parameterOf(named?.parameter, 'measurementId') ?? parameterOf(named?.parameter, 'tagId'),
    reading,
  )
}

const UNIVERSAL_ANALYTICS =
  'actionField add checkout checkout_option click currencyCode detail impressions promoClick promoView purchase refund remove'.split(
    ' ',
  )

/** The ecommerce object of the data layer: with any name but the known ones it is dropped. */
function ecommerce(tag: TagEntity, event: string, reading: Reading): Settings {
  if (!flagOf(tag.parameter, 'sendEcommerceData') || !ECOMMERCE_EVENTS.has(event)) return NOTHING
  const from = textParameter(tag.parameter, 'getEcommerceDataFrom')
  const data =
    from === 'customObject'
      ? parameterValue(parameterOf(tag.parameter, 'ecommerceMacroData'), reading)
      : readTree(reading.layer, 'ecommerce')
  if (isUnknown(data)) return { ...NOTHING, parameters: new Map([['items', data]]) }
  if (!isRecord(data)) return NOTHING
  if (data['items'] === undefined && UNIVERSAL_ANALYTICS.some((key) => isPlain(data[key]))) {
    const open = unknown('universal-analytics-ecommerce', event)
    return {
      ...NOTHING,
      parameters: new Map([
        ['items', open],
        ['value', open],
      ]),
    }
  }
  return { ...NOTHING, parameters: new Map(Object.entries(data)) }
}

/** The settings that a `gtes` or `gtcs` variable holds, read at this moment. */
function settingsVariable(tag: TagEntity, key: string, table: Table, reading: Reading): Settings {
  const entity = settingsEntity(tag, key, reading.container)
  if (entity === undefined) return NOTHING
  return {
    parameters: tableOf(entity, table, reading).parameters,
    userProperties: tableOf(entity, 'userProperties', reading).parameters,
  }
}

function settingsEntity(tag: TagEntity, key: string, container: Container): VariableEntity | undefined {
  const name = /^\{\{([^{}]+)\}\}$/.exec(textParameter(tag.parameter, key) ?? '')?.[1]
  return name === undefined ? undefined : container.variables.get(name)
}

/**
 * Names of all parameters that a GA4 event tag may send, with what rides along from the Google tags; undefined where that
 * cannot be told: the page's ecommerce object brings what it likes, and so does a Google tag outside the container.
 */
export function parameterNamesOf(tag: TagEntity, container: Container): readonly string[] | undefined {
  const googleTags = container.tags.filter(({ type }) => type === 'googtag' || type === 'gaawc')
  if (googleTags.length === 0 || flagOf(tag.parameter, 'sendEcommerceData')) return undefined
  const names = [...googleTags, tag].flatMap((each) => [
    ...PARAMETER_TABLES.flatMap((table) => namesIn(each, table)),
    ...['eventSettingsVariable', 'configSettingsVariable'].flatMap((key) => {
      const variable = settingsEntity(each, key, container)
      return variable === undefined ? [] : PARAMETER_TABLES.flatMap((table) => namesIn(variable, table))
    }),
  ])
  if (names.some((name) => name.includes('{{'))) return undefined
  return [...new Set(names)].filter((name) => !SETTINGS.has(name))
}

/** Tables of settings, with their columns of names and of values. */
const TABLES = {
  configSettingsTable: ['parameter', 'parameterValue'],
  eventSettingsTable: ['parameter', 'parameterValue'],
  fieldsToSet: ['name', 'value'],
  eventParameters: ['name', 'value'],
  userProperties: ['name', 'value'],
} as const

type Table = keyof typeof TABLES

const PARAMETER_TABLES = [
  'configSettingsTable',
  'eventSettingsTable',
  'fieldsToSet',
  'eventParameters',
] as const

interface WithTables {
  readonly parameter?: readonly Parameter[]
}

function namesIn({ parameter }: WithTables, table: Table): readonly string[] {
  const [name] = TABLES[table]
  return rowsOf(parameter, table).map((columns) => textParameter(columns, name) ?? '')
}

function tableOf({ parameter }: WithTables, table: Table, reading: Reading): Settings {
  const [name, value] = TABLES[table]
  const rows = rowsOf(parameter, table).map((columns): [string, unknown] => [
    textOf(parameterValue(parameterOf(columns, name), reading)),
    parameterValue(parameterOf(columns, value), reading),
  ])
  return { ...NOTHING, parameters: new Map(rows) }
}

/** Later ones win; a value that is missing does not take away an earlier one. */
function merged(settings: readonly Settings[]): Settings {
  const parameters = new Map<string, unknown>()
  const userProperties = new Map<string, unknown>()
  for (const each of settings) {
    each.parameters.forEach((value, name) => value === undefined || parameters.set(name, value))
    each.userProperties.forEach((value, name) => value === undefined || userProperties.set(name, value))
  }
  return { parameters, userProperties }
}

function streamOf(ga4: Ga4, id: string): Stream {
  return ga4.streams[id] ?? { hits: 0 }
}

function withStream(ga4: Ga4, id: string, stream: Stream): Ga4 {
  return { ...ga4, streams: { ...ga4.streams, [id]: stream } }
}
