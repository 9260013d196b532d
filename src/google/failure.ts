/**
 * What can be known about a failed call, read from whatever was thrown. Nothing of the cause itself is kept: it holds
 * the request with its Authorization header.
 */
export interface Failure {
  /** The HTTP status; missing when no answer came. */
  readonly status?: number
  /** Google's own words, or the text of the network's error. */
  readonly said: string
  /** More came than is read of an answer. */
  readonly tooLarge: boolean
  /** Machine-readable reasons, `errors[].reason` and `details[].reason`, and the gRPC status. */
  readonly reasons: readonly string[]
  /** Node's code (`ECONNREFUSED`), or `TimeoutError`. */
  readonly networkCode?: string
  /** False when an answer came whose body is not Google's error object: a proxy, or no such method. */
  readonly enveloped: boolean
  readonly retryAfterMs?: number
  readonly method?: string
  /** Origin and path; never user info, query or fragment. */
  readonly url?: { readonly origin: string; readonly path: string }
}

/** Reads a failure; `now` turns a Retry-After date into milliseconds. */
export function readFailure(cause: unknown, now: number): Failure {
  const config = field(cause, 'config')
  const response = field(cause, 'response')
  const status = number(field(response, 'status'))
  const body = parsed(field(response, 'data'))
  const error = field(body, 'error')
  const networkCode = status === undefined ? findCode(cause) : undefined
  const retryAfterMs = parseRetryAfter(header(field(response, 'headers'), 'retry-after'), now)
  const url = safeUrl(field(config, 'url'))
  const method = text(field(config, 'method'))
  return {
    tooLarge: findType(cause) === 'max-size',
    said:
      text(field(error, 'message')) ??
      text(field(cause, 'lacks')) ??
      (status === undefined ? (text(field(cause, 'message')) ?? '') : ''),
    reasons: reasonsIn(error),
    enveloped: typeof error === 'object' && error !== null,
    ...(status === undefined ? {} : { status }),
    ...(networkCode === undefined ? {} : { networkCode }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(url === undefined ? {} : { url }),
  }
}

/** Milliseconds to wait, from seconds or an HTTP date (RFC 9110, section 10.2.3). */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/**
 * The old `errors` array (GTM), the ErrorInfo in `details` (both APIs) and the status word, in that order. GA4 sends no
 * `errors` array. https://developers.google.com/tag-platform/tag-manager/api/v2/errors
 */
function reasonsIn(error: unknown): readonly string[] {
  const items = [...list(field(error, 'errors')), ...list(field(error, 'details'))]
  const reasons = items.map((item) => text(field(item, 'reason')))
  return [...reasons, text(field(error, 'status'))].filter((reason) => reason !== undefined)
}

// The client wraps the network's error, sometimes twice; the code stands on the innermost.
function findCode(cause: unknown, depth = 0): string | undefined {
  const code = text(field(cause, 'code')) ?? timeoutName(cause)
  if (code !== undefined || depth === 4) return code
  return findCode(field(cause, 'cause') ?? field(cause, 'error'), depth + 1)
}

// The words of node-fetch, which the client reads answers with: max-size.
function findType(cause: unknown, depth = 0): string | undefined {
  const type = text(field(cause, 'type'))
  if (type !== undefined || depth === 4) return type
  return findType(field(cause, 'cause') ?? field(cause, 'error'), depth + 1)
}

function timeoutName(cause: unknown): string | undefined {
  const name = text(field(cause, 'name'))
  return name === 'TimeoutError' || name === 'AbortError' ? 'TimeoutError' : undefined
}

function safeUrl(value: unknown): { origin: string; path: string } | undefined {
  const address = value instanceof URL ? value.href : value
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined
  const { origin, pathname } = new URL(address)
  return { origin, path: pathname }
}

// The client brings its own Headers, which are not Node's; a plain object does as well.
function header(headers: unknown, name: string): string | undefined {
  const get = field(headers, 'get')
  return text(typeof get === 'function' ? get.call(headers, name) : field(headers, name))
}

// With an unexpected content type the client hands on the text as it came.
function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return data
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
