/**
 * Metrics of a report over the events of one row: names and types as in
 * https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema . A session counts once in each row that
 * has one of its events, a user likewise; a rate is of what is in the row.
 */
import { fieldOf, type ExportEvent } from './export-event.ts'

export interface Metric {
  readonly type: 'TYPE_INTEGER' | 'TYPE_FLOAT' | 'TYPE_CURRENCY' | 'TYPE_SECONDS' | 'TYPE_STANDARD'
  readonly of: (events: readonly ExportEvent[], keyEvents: ReadonlySet<string>) => number
}

type Test = (event: ExportEvent, keyEvents: ReadonlySet<string>) => boolean

const distinct = (values: readonly (string | undefined)[]) =>
  new Set(values.filter((value) => value !== undefined && value !== '')).size
const sessions = (events: readonly ExportEvent[]) => distinct(events.map(({ session }) => session))
const users = (events: readonly ExportEvent[]) => distinct(events.map(({ user }) => user))
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
const sum = (events: readonly ExportEvent[], value: (event: ExportEvent) => unknown) =>
  events.reduce((total, event) => total + (Number(value(event) ?? 0) || 0), 0)

const count = (test: Test): Metric => ({
  type: 'TYPE_INTEGER',
  of: (events, keyEvents) => events.filter((event) => test(event, keyEvents)).length,
})
const rate = (unit: typeof sessions, test: Test): Metric => ({
  type: 'TYPE_FLOAT',
  of: (events, keyEvents) => share(unit(events.filter((event) => test(event, keyEvents))), unit(events)),
})

const isEngaged: Test = ({ parameters }) => parameters.get('session_engaged') === '1'
const isKey: Test = ({ name }, keyEvents) => keyEvents.has(name)
const isPurchase: Test = ({ name }) => name === 'purchase' || name === 'in_app_purchase'
const revenue = (event: ExportEvent) => fieldOf(event.row, 'ecommerce.purchase_revenue')

const METRICS: Readonly<Record<string, Metric>> = {
  eventCount: count(() => true),
  screenPageViews: count(({ name }) => name === 'page_view' || name === 'screen_view'),
  keyEvents: count(isKey),
  ecommercePurchases: count(isPurchase),
  transactions: count(isPurchase),
  sessions: { type: 'TYPE_INTEGER', of: sessions },
  engagedSessions: {
    type: 'TYPE_INTEGER',
    of: (events) => sessions(events.filter((one) => isEngaged(one, NONE))),
  },
  engagementRate: rate(sessions, isEngaged),
  sessionKeyEventRate: rate(sessions, isKey),
  userKeyEventRate: rate(users, isKey),
  totalUsers: { type: 'TYPE_INTEGER', of: users },
  // Engaged, new, or measured for a second (the schema's words): what an export row can tell of it.
  activeUsers: {
    type: 'TYPE_INTEGER',
    of: (events) =>
      users(
        events.filter(
          (event) =>
            isEngaged(event, NONE) ||
            event.name === 'first_visit' ||
            Number(event.parameters.get('engagement_time_msec') ?? 0) > 0,
        ),
      ),
  },
  newUsers: {
    type: 'TYPE_INTEGER',
    of: (events) => users(events.filter(({ name }) => name === 'first_visit' || name === 'first_open')),
  },
  eventValue: {
    type: 'TYPE_CURRENCY',
    of: (events) => sum(events, ({ parameters }) => parameters.get('value')),
  },
  purchaseRevenue: { type: 'TYPE_CURRENCY', of: (events) => sum(events, revenue) },
  totalRevenue: { type: 'TYPE_CURRENCY', of: (events) => sum(events, revenue) },
  userEngagementDuration: {
    type: 'TYPE_SECONDS',
    of: (events) => sum(events, ({ parameters }) => parameters.get('engagement_time_msec')) / 1000,
  },
}

const NONE: ReadonlySet<string> = new Set()

/** Undefined for one that the sandbox does not know; `keyEvents:x` and the like count one key event. */
export function metricOf(name: string): Metric | undefined {
  const [base = '', ...rest] = name.split(':')
  if (rest.length === 0) return Object.hasOwn(METRICS, name) ? METRICS[name] : undefined
  const event = rest.join(':')
  const isIt: Test = (one, keyEvents) => one.name === event && keyEvents.has(event)
  if (base === 'keyEvents') return count(isIt)
  if (base === 'sessionKeyEventRate') return rate(sessions, isIt)
  if (base === 'userKeyEventRate') return rate(users, isIt)
  if (base !== 'customEvent') return undefined
  return { type: 'TYPE_STANDARD', of: (events) => sum(events, ({ parameters }) => parameters.get(event)) }
}

export const METRIC_NAMES = Object.keys(METRICS)
