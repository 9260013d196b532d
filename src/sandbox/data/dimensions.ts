/**
 * Dimensions of a report: names as in https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema . Those
 * of the session are what its first event says that says anything; channels by the medium alone (a part of Google's rules:
 * assumed).
 */
import { isoWeek } from './days.ts'
import { fieldOf, type ExportEvent } from './export-event.ts'

/** All events of a session in the order given; the event itself where it has none. */
export type SessionOf = (event: ExportEvent) => readonly ExportEvent[]

export type Dimension = (event: ExportEvent, sessionOf: SessionOf) => string

const NOT_SET = '(not set)'
const row = (path: string) => (event: ExportEvent) => fieldOf(event.row, path) ?? NOT_SET
const parameter = (name: string) => (event: ExportEvent) => event.parameters.get(name) ?? NOT_SET

const pageUrl = (event: ExportEvent): URL | undefined => {
  const location = event.parameters.get('page_location') ?? ''
  return URL.canParse(location) ? new URL(location) : undefined
}

function sessionField(none: string, ...paths: readonly string[]): Dimension {
  return (event, sessionOf) => {
    for (const path of paths)
      for (const other of sessionOf(event)) {
        const value = path.startsWith('param:')
          ? other.parameters.get(path.slice(6))
          : fieldOf(other.row, path)
        if (value !== undefined && value !== '') return value
      }
    return none
  }
}

const LAST = 'session_traffic_source_last_click.manual_campaign'
const COLLECTED = 'collected_traffic_source.manual'
const source = sessionField('(direct)', `${LAST}.source`, `${COLLECTED}_source`, 'param:source')
const medium = sessionField('(none)', `${LAST}.medium`, `${COLLECTED}_medium`, 'param:medium')

const CHANNELS: readonly (readonly [RegExp, string])[] = [
  [/^(\(none\)|\(not set\))$/, 'Direct'],
  [/^organic$/, 'Organic Search'],
  [/^(.*cp.*|ppc|retargeting|paid.*)$/, 'Paid Search'],
  [/^(display|banner|expandable|interstitial)$/, 'Display'],
  [/^(social|social-network|social-media|sm)$/, 'Organic Social'],
  [/^(e-?mail|e mail)$/, 'Email'],
  [/^affiliates?$/, 'Affiliates'],
  [/^(referral|app|link)$/, 'Referral'],
]

const DIMENSIONS: Readonly<Record<string, Dimension>> = {
  date: ({ day }) => day,
  yearMonth: ({ day }) => day.slice(0, 6),
  isoYearIsoWeek: ({ day }) => isoWeek(day),
  eventName: ({ name }) => name,
  deviceCategory: row('device.category'),
  browser: (event) =>
    fieldOf(event.row, 'device.web_info.browser') ?? fieldOf(event.row, 'device.browser') ?? NOT_SET,
  operatingSystem: row('device.operating_system'),
  platform: row('platform'),
  streamId: row('stream_id'),
  country: row('geo.country'),
  city: row('geo.city'),
  transactionId: row('ecommerce.transaction_id'),
  hostName: (event) => fieldOf(event.row, 'device.web_info.hostname') ?? pageUrl(event)?.hostname ?? NOT_SET,
  pagePath: (event) => pageUrl(event)?.pathname ?? NOT_SET,
  pageLocation: parameter('page_location'),
  pageReferrer: parameter('page_referrer'),
  ...Object.fromEntries(
    'contentId contentType fileExtension fileName linkDomain linkId linkText linkUrl method percentScrolled searchTerm videoTitle'
      .split(' ')
      .map((name) => [name, parameter(name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))]),
  ),
  pageTitle: parameter('page_title'),
  newVsReturning: (event) => {
    const number = Number(event.parameters.get('ga_session_number') ?? NaN)
    return number === 1 ? 'new' : number > 1 ? 'returning' : NOT_SET
  },
  sessionSource: source,
  sessionMedium: medium,
  sessionSourceMedium: (event, sessionOf) => `${source(event, sessionOf)} / ${medium(event, sessionOf)}`,
  sessionCampaignName: sessionField(
    '(not set)',
    `${LAST}.campaign_name`,
    `${COLLECTED}_campaign_name`,
    'param:campaign',
  ),
  sessionDefaultChannelGroup: (event, sessionOf) => {
    const kind = medium(event, sessionOf)
    return CHANNELS.find(([pattern]) => pattern.test(kind))?.[1] ?? 'Unassigned'
  },
}

/** Undefined for one that the sandbox does not know; `customEvent:x` and `customUser:x` are those of the property. */
export function dimensionOf(name: string): Dimension | undefined {
  const [scope, key] = name.split(':')
  if (key !== undefined && scope === 'customEvent') return parameter(key)
  if (key !== undefined && scope === 'customUser') return (event) => event.userProperties.get(key) ?? NOT_SET
  return Object.hasOwn(DIMENSIONS, name) ? DIMENSIONS[name] : undefined
}

export const DIMENSION_NAMES = Object.keys(DIMENSIONS)
