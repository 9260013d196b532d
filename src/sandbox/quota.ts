/**
 * Google's limits, in a window of simulated time.
 *
 * published: 25 requests in 100 seconds and project, answered with 403
 *   (https://developers.google.com/tag-platform/tag-manager/api/v2/limits-quotas)
 * observed: so many a minute and user, answered with 429 (30 in 2026, 15 in 2023:
 *   https://github.com/mirefly/terraform-provider-google-tag-manager/pull/1)
 * Both also keep the Admin API's limits: https://developers.google.com/analytics/devguides/config/admin/v1/quotas
 */
import type { Clock } from './clock.ts'
import { ApiError } from './errors.ts'
import type { Api } from './facts.ts'

export const QUOTA_MODES = ['none', 'published', 'observed'] as const
export type QuotaMode = (typeof QUOTA_MODES)[number]

interface Limit {
  readonly key: string
  readonly requests: number
  readonly seconds: number
  readonly error: () => ApiError
}

export class Quota {
  mode: QuotaMode
  /** Requests a minute and user in the observed mode. */
  perMinute = 30
  private readonly clock: Clock
  private readonly windows = new Map<string, number[]>()

  constructor(mode: QuotaMode, clock: Clock) {
    this.mode = mode
    this.clock = clock
  }

  reset(mode: QuotaMode, perMinute = 30): void {
    this.mode = mode
    this.perMinute = perMinute
    this.windows.clear()
  }

  /** Counts a request, or refuses it. A refused one does not count (assumed). */
  take(api: Api, verb: string, user: string): void {
    const limits = this.limits(api, verb, user)
    for (const limit of limits) if (this.window(limit).length >= limit.requests) throw limit.error()
    for (const limit of limits) this.window(limit).push(this.clock.now())
  }

  private limits(api: Api, verb: string, user: string): Limit[] {
    if (this.mode === 'none') return []
    if (api.api === 'analyticsadmin') return ga4Limits(verb, user)
    // The Data API counts tokens (data/tokens.ts); what BigQuery allows is beyond what anybody tries here.
    if (api.api !== 'tagmanager') return []
    if (this.mode === 'published') {
      return [{ key: 'gtm project', requests: 25, seconds: 100, error: publishedError }]
    }
    const perMinute = this.perMinute
    return [{ key: `gtm ${user}`, requests: perMinute, seconds: 60, error: () => observedError(perMinute) }]
  }

  private window(limit: Limit): number[] {
    const now = this.clock.now()
    const since = now - limit.seconds * 1000
    // What lies ahead was counted before the clock went back, and is no use any more.
    const window = (this.windows.get(limit.key) ?? []).filter((time) => time > since && time <= now)
    this.windows.set(limit.key, window)
    return window
  }
}

function ga4Limits(verb: string, user: string): Limit[] {
  const error = () => new ApiError(429, 'RESOURCE_EXHAUSTED', 'Exhausted quota tokens for the Admin API.') // wording assumed
  const limit = (key: string, requests: number): Limit => ({
    key: `ga4 ${key}`,
    requests,
    seconds: 60,
    error,
  })
  return [
    limit('requests project', 1200),
    limit(`requests ${user}`, 600),
    ...(verb === 'GET' ? [] : [limit('writes project', 600), limit(`writes ${user}`, 180)]),
  ]
}

// The page says 403; reason and wording are those that Google's older APIs give (assumed).
function publishedError(): ApiError {
  return new ApiError(
    403,
    'PERMISSION_DENIED',
    "Quota exceeded for quota group 'default' and limit 'Queries per 100 seconds' of service 'tagmanager.googleapis.com'.",
    { domain: 'usageLimits', reason: 'rateLimitExceeded' },
  )
}

// The body that Google's APIs of this family give (recorded on another one).
function observedError(perMinute: number): ApiError {
  const limit = 'Queries per minute per user'
  return new ApiError(
    429,
    'RESOURCE_EXHAUSTED',
    `Quota exceeded for quota metric 'Queries' and limit '${limit}' of service 'tagmanager.googleapis.com' for consumer 'project_number:1'.`,
    {
      reason: 'rateLimitExceeded',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'RATE_LIMIT_EXCEEDED',
          domain: 'googleapis.com',
          metadata: {
            service: 'tagmanager.googleapis.com',
            consumer: 'projects/1',
            quota_metric: 'tagmanager.googleapis.com/default_requests',
            quota_limit: 'DefaultRequestsPerMinutePerUser',
            quota_limit_value: String(perMinute),
            quota_location: 'global',
          },
        },
      ],
    },
  )
}
