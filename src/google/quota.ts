/**
 * How many requests may be made when, as arithmetic on times.
 *
 * A window lets `limit` requests pass in any `ms` milliseconds. A request fills its place from its start until the
 * window has passed since its ANSWER: Google counted it somewhere in between, so whatever the network does, Google
 * never counts more than the limit.
 */

export type Api = 'gtm' | 'ga4' | 'data' | 'bigquery'

/** Short, for lines of progress and lists. */
export const API_TITLES: Readonly<Record<Api, string>> = {
  gtm: 'Tag Manager',
  ga4: 'Analytics',
  data: 'Analytics',
  bigquery: 'BigQuery',
}

export interface Window {
  readonly limit: number
  readonly ms: number
  /** Counts writes only; otherwise everything. */
  readonly writesOnly?: boolean
}

export interface Lane {
  readonly windows: readonly Window[]
  /** More at once gains nothing: the windows, not the connections, set the pace. */
  readonly atOnce: number
}

/**
 * GTM, published: 0.25 requests a second and project over a sliding 100 seconds, answered with 403.
 *   https://developers.google.com/tag-platform/tag-manager/api/v2/limits-quotas
 * GTM, met in practice: 15 to 30 a minute and user, answered with 429; the smaller is kept.
 *   https://github.com/mirefly/terraform-provider-google-tag-manager/pull/1
 * GA4: 600 requests and 180 writes a minute and user.
 *   https://developers.google.com/analytics/devguides/config/admin/v1/quotas
 * Data API: tokens, of which every answer tells how many are left, and ten requests at once; no rate.
 *   https://developers.google.com/analytics/devguides/reporting/data/v1/quotas
 * BigQuery: 100 requests a second, user and method.
 *   https://cloud.google.com/bigquery/quotas
 */
export const QUOTA: Readonly<Record<Api, Lane>> = {
  gtm: {
    windows: [
      { limit: 25, ms: 100_000 },
      { limit: 15, ms: 60_000 },
    ],
    atOnce: 4,
  },
  ga4: {
    windows: [
      { limit: 600, ms: 60_000 },
      { limit: 180, ms: 60_000, writesOnly: true },
    ],
    atOnce: 8,
  },
  data: { windows: [], atOnce: 5 },
  bigquery: { windows: [{ limit: 100, ms: 1000 }], atOnce: 4 },
}

export interface Request {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly write: boolean
}

/** Requests that were answered, oldest first, and those still under way. */
export interface Traffic {
  readonly answered: readonly Request[]
  readonly underWay: { readonly all: number; readonly writes: number }
}

export const NO_TRAFFIC: Traffic = { answered: [], underWay: { all: 0, writes: 0 } }

/**
 * The time from which one more request may start; a time in the past means at once, Infinity means that an answer has
 * to come in first.
 *
 * `level` is above 0 after Google said "too fast" although the model did not, because somebody else uses the same
 * quota. Then there are no more bursts: one request at a time, at the window's average pace (GTM: every 4 seconds), and
 * half as fast with every further level.
 */
export function freeAt(lane: Lane, traffic: Traffic, write: boolean, level = 0): number {
  if (traffic.underWay.all >= lane.atOnce) return Infinity
  const windows =
    level === 0 ? lane.windows : [...lane.windows, ...lane.windows.map((each) => paced(each, level))]
  const times = windows
    .filter(({ writesOnly }) => write || writesOnly !== true)
    .map((window) => freeInWindow(window, traffic))
  return Math.max(...times)
}

function paced(window: Window, level: number): Window {
  return { ...window, limit: 1, ms: (window.ms / window.limit) * 2 ** (level - 1) }
}

function freeInWindow({ limit, ms, writesOnly }: Window, traffic: Traffic): number {
  const answered = writesOnly === true ? traffic.answered.filter(({ write }) => write) : traffic.answered
  // So many answered ones may stand in the window beside those under way and this one.
  const beside = limit - 1 - (writesOnly === true ? traffic.underWay.writes : traffic.underWay.all)
  if (beside < 0) return Infinity
  const mustHaveLeft = answered[answered.length - 1 - beside]
  return mustHaveLeft ? mustHaveLeft.at + ms : -Infinity
}

/** Drops what no window looks at any more. */
export function forget(lane: Lane, traffic: Traffic, now: number): Traffic {
  const longest = Math.max(...lane.windows.map(({ ms }) => ms))
  return { ...traffic, answered: traffic.answered.filter((each) => each.at + longest > now) }
}

// How long Google takes to answer is not documented; assumed, and small beside any wait for quota.
const ANSWER_MS = { gtm: 500, ga4: 300 } as const

/**
 * Whole seconds that so many requests take on a quota nobody has touched: GTM one after the other, then GA4's writes
 * side by side. Computed by the same `freeAt` that later makes them wait.
 */
export function estimateSeconds(gtmRequests: number, ga4Requests: number): number {
  return Math.ceil((simulate('gtm', gtmRequests, 1) + simulate('ga4', ga4Requests, QUOTA.ga4.atOnce)) / 1000)
}

/** Milliseconds from the first start to the last answer. */
function simulate(api: keyof typeof ANSWER_MS, requests: number, atOnce: number): number {
  const lane = QUOTA[api]
  let traffic = NO_TRAFFIC
  let now = 0
  for (let made = 0; made < requests; made += atOnce) {
    for (let beside = 0; beside < Math.min(atOnce, requests - made); beside++) {
      now = Math.max(now, freeAt(lane, traffic, true))
      traffic = { ...traffic, answered: [...traffic.answered, { at: now + ANSWER_MS[api], write: true }] }
    }
    now += ANSWER_MS[api]
    traffic = forget(lane, traffic, now)
  }
  return now
}
