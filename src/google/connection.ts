import type { analyticsadmin_v1alpha } from 'googleapis/build/src/apis/analyticsadmin/v1alpha.js'
import type { analyticsadmin_v1beta } from 'googleapis/build/src/apis/analyticsadmin/v1beta.js'
import type { analyticsdata_v1beta } from 'googleapis/build/src/apis/analyticsdata/v1beta.js'
import type { bigquery_v2 } from 'googleapis/build/src/apis/bigquery/v2.js'
import type { tagmanager_v2 } from 'googleapis/build/src/apis/tagmanager/v2.js'
import type { Clock } from './clock.ts'
import { commonJs } from './common-js.ts'
import { authorizer, type CredentialsConfig } from './credentials.ts'
import type { Asked } from './errors.ts'
import { Limiter, type Waiting } from './limiter.ts'
import type { QuotaMemory } from './quota-memory.ts'
import { QUOTA, type Api } from './quota.ts'
import type { Scope } from './scopes.ts'
import { send, TIME_LIMITS, type Answer, type GoogleRequest, type Headers, type TimeLimits } from './send.ts'

export interface ConnectOptions {
  /** A sandbox's address. With it no credentials are read, and nothing but it is spoken to. */
  readonly rootUrl?: string
  /** What the token may do; see `scopesFor`. */
  readonly scopes: readonly Scope[]
  readonly credentials: CredentialsConfig
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** From 0 to 1; spreads repeats. */
  readonly random: () => number
  /** Told whenever a request has to wait. */
  readonly onWait?: (waiting: Waiting) => void
  /** What other processes ask of the same quota. */
  readonly memory?: QuotaMemory
  /** The process's one limiter, when there is more than one connection. */
  readonly limiter?: Limiter
  readonly limits?: TimeLimits
  /** Once it comes, nobody is interested any more: what is in the air is cut off, and nothing is repeated. */
  readonly ended?: AbortSignal
}

/** A request as the functions in `gtm.ts` and `ga4.ts` write it: with the client's own method. */
export interface ClientRequest<Client, T> extends Omit<Asked, 'api'> {
  readonly call: (client: Client, options: CallOptions) => Promise<Answer>
  readonly read: GoogleRequest<T>['read']
  readonly whenGone?: T
}

/** What every method of the client is called with. */
export interface CallOptions {
  readonly headers: Headers
  /** Comes when the last byte of the answer is late, or when nobody is interested any more. */
  readonly signal: AbortSignal
}

export interface GoogleConnection {
  /** Makes a request to Tag Manager; see `send`. */
  readonly gtm: <T>(request: ClientRequest<tagmanager_v2.Tagmanager, T>) => Promise<T>
  /** Makes a request to the GA4 Admin API; see `send`. */
  readonly ga4: <T>(request: ClientRequest<analyticsadmin_v1beta.Analyticsadmin, T>) => Promise<T>
  /** The same for what only its v1alpha has; one quota for both. */
  readonly ga4Alpha: <T>(request: ClientRequest<analyticsadmin_v1alpha.Analyticsadmin, T>) => Promise<T>
  /** Makes a request to GA4's Data API; see `send`. */
  readonly data: <T>(request: ClientRequest<analyticsdata_v1beta.Analyticsdata, T>) => Promise<T>
  /** Makes a request to BigQuery; see `send`. */
  readonly bigquery: <T>(request: ClientRequest<bigquery_v2.Bigquery, T>) => Promise<T>
  /** Requests really made so far, repeats included, by this connection and those made from it. */
  readonly requests: () => Readonly<Record<Api, number>>
  /** The same connection with other scopes: one limiter, one count. */
  readonly withScopes: (scopes: readonly Scope[]) => Promise<GoogleConnection>
}

/** What is read of an answer, after decompression: far above a full container, far below what a machine can hold. */
const LARGEST_ANSWER = 64 * 1024 * 1024

/**
 * A sandbox takes any token, and reads from this one which scopes it is to have: so a command that asked for too little
 * fails there as it would at Google.
 */
const sandboxHeaders = (scopes: readonly Scope[]): Headers => ({
  authorization: `Bearer sandbox:${scopes.join(',')}`,
})

/**
 * Opens a connection to Google or to a sandbox. Reads the credentials' file, but makes no request yet.
 * Throws a GoogleError with code `no-credentials` when there are none.
 */
export async function connect(options: ConnectOptions): Promise<GoogleConnection> {
  const counts: Record<Api, number> = { gtm: 0, ga4: 0, data: 0, bigquery: 0 }
  const { clock, onWait = () => {}, limits = TIME_LIMITS, ended } = options
  const limiter = options.limiter ?? new Limiter(clock, onWait, QUOTA, options.memory)
  const clients = lazyClients(options)

  const open = async (scopes: readonly Scope[]): Promise<GoogleConnection> => {
    const authorize =
      options.rootUrl === undefined
        ? await authorizer(options.credentials, scopes, options.env)
        : () => Promise.resolve(sandboxHeaders(scopes))
    const onRequest = ({ api }: Asked): void => void counts[api]++
    const line = {
      limiter,
      clock,
      random: options.random,
      onWait,
      authorize,
      onRequest,
      limits,
      isEnded: () => ended?.aborted === true,
    }
    const asking =
      <Client>(api: Api, client: () => Promise<Client>) =>
      async <T>({ call, ...request }: ClientRequest<Client, T>): Promise<T> => {
        const made = await client()
        const begin: GoogleRequest<T>['call'] = (headers, timeoutMs) =>
          within(timeoutMs, ended, (signal) => call(made, { headers, signal }))
        return send({ ...request, api, call: begin }, line)
      }
    return {
      gtm: asking('gtm', clients.gtm),
      ga4: asking('ga4', clients.ga4),
      ga4Alpha: asking('ga4', clients.ga4Alpha),
      data: asking('data', clients.data),
      bigquery: asking('bigquery', clients.bigquery),
      requests: () => ({ ...counts }),
      withScopes: open,
    }
  }
  return open(options.scopes)
}

/**
 * The client would join the two signals by `AbortSignal.any`, and Node 20 collects such a signal as garbage before its time comes
 * (https://github.com/nodejs/node/issues/57736), so that a server that never answers was waited for without end.
 */
async function within<T>(
  timeoutMs: number,
  ended: AbortSignal | undefined,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController()
  const late = new DOMException('The answer took too long.', 'TimeoutError')
  const timer = setTimeout(() => limit.abort(late), timeoutMs)
  const end = (): void => limit.abort(ended?.reason)
  if (ended?.aborted === true) end()
  ended?.addEventListener('abort', end)
  try {
    return await call(limit.signal)
  } finally {
    clearTimeout(timer)
    ended?.removeEventListener('abort', end)
  }
}

interface Clients {
  readonly gtm: () => Promise<tagmanager_v2.Tagmanager>
  readonly ga4: () => Promise<analyticsadmin_v1beta.Analyticsadmin>
  readonly ga4Alpha: () => Promise<analyticsadmin_v1alpha.Analyticsadmin>
  readonly data: () => Promise<analyticsdata_v1beta.Analyticsdata>
  readonly bigquery: () => Promise<bigquery_v2.Bigquery>
}

/**
 * Loads each API's client when it is first used, and that API's alone: loading all of googleapis takes seconds.
 */
function lazyClients({ rootUrl }: ConnectOptions): Clients {
  const settings = {
    // The client's own retries spend quota unseen, ignore Retry-After and never cover POST.
    retry: false,
    size: LARGEST_ANSWER,
    responseType: 'json' as const,
    ...(rootUrl === undefined ? {} : sandboxSettings(new URL(rootUrl).origin)),
  }
  return {
    gtm: firstTime(async () => {
      const module = await import('googleapis/build/src/apis/tagmanager/v2.js')
      return new (commonJs(module).tagmanager_v2.Tagmanager)(settings)
    }),
    ga4: firstTime(async () => {
      const module = await import('googleapis/build/src/apis/analyticsadmin/v1beta.js')
      return new (commonJs(module).analyticsadmin_v1beta.Analyticsadmin)(settings)
    }),
    ga4Alpha: firstTime(async () => {
      const module = await import('googleapis/build/src/apis/analyticsadmin/v1alpha.js')
      return new (commonJs(module).analyticsadmin_v1alpha.Analyticsadmin)(settings)
    }),
    data: firstTime(async () => {
      const module = await import('googleapis/build/src/apis/analyticsdata/v1beta.js')
      return new (commonJs(module).analyticsdata_v1beta.Analyticsdata)(settings)
    }),
    bigquery: firstTime(async () => {
      const module = await import('googleapis/build/src/apis/bigquery/v2.js')
      return new (commonJs(module).bigquery_v2.Bigquery)(settings)
    }),
  }
}

/** Does it when it is first asked for, and gives that answer from then on. */
function firstTime<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

// A proxy that stands in the environment would otherwise be asked for the sandbox.
function sandboxSettings(origin: string): { readonly rootUrl: string; readonly noProxy: string[] } {
  return { rootUrl: origin, noProxy: [origin] }
}
