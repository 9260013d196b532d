/**
 * The one place that turns an error into Google's envelope. GTM answers the modern `status` together with the old `errors`
 * list (recorded from the live API, see the recordings at https://github.com/banana-orama/Google-Tag-Manager-Hilfe), and so
 * does BigQuery; the Analytics APIs have no `errors` list (https://developers.google.com/analytics/devguides/reporting/data/v1/errors).
 */
import type { ApiName } from './facts.ts'

export type GoogleStatus =
  | 'INVALID_ARGUMENT'
  | 'FAILED_PRECONDITION'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'ABORTED'
  | 'RESOURCE_EXHAUSTED'
  | 'INTERNAL'
  | 'UNIMPLEMENTED'
  | 'UNAVAILABLE'

interface ApiErrorOptions {
  /** `reason` of the old errors list; only GTM shows it. */
  readonly reason?: string
  /** Message of the entry in the old errors list, where it differs. */
  readonly itemMessage?: string
  readonly domain?: string
  readonly details?: readonly unknown[]
}

export class ApiError extends Error {
  readonly code: number
  readonly status: GoogleStatus
  readonly options: ApiErrorOptions

  constructor(code: number, status: GoogleStatus, message: string, options: ApiErrorOptions = {}) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.options = options
  }
}

export const badRequest = (message: string) =>
  new ApiError(400, 'INVALID_ARGUMENT', message, { reason: 'badRequest' })

/** GTM's validation errors: `<field>: <text>` lines, each ended by a newline (recorded). */
export const invalidField = (field: string, text: string) => badRequest(`${field}: ${text}\n`)

// One message for "does not exist" and "not yours" (recorded).
export const gtmNotFound = () =>
  new ApiError(404, 'NOT_FOUND', 'Not found or permission denied.', { reason: 'notFound' })

export const ga4NotFound = (name: string) =>
  new ApiError(404, 'NOT_FOUND', `The requested entity "${name}" was not found.`) // wording assumed

export function errorBody(error: ApiError, api: ApiName | undefined): unknown {
  const { reason, itemMessage, domain, details } = error.options
  return {
    error: {
      code: error.code,
      message: error.message,
      ...(api?.startsWith('analytics') !== true && {
        errors: [
          {
            message: itemMessage ?? error.message,
            domain: domain ?? 'global',
            reason: reason ?? REASONS[error.status],
          },
        ],
      }),
      status: error.status,
      ...(details && { details }),
    },
  }
}

const REASONS: Readonly<Record<GoogleStatus, string>> = {
  INVALID_ARGUMENT: 'badRequest',
  FAILED_PRECONDITION: 'failedPrecondition',
  UNAUTHENTICATED: 'required',
  PERMISSION_DENIED: 'forbidden',
  NOT_FOUND: 'notFound',
  ALREADY_EXISTS: 'alreadyExists',
  ABORTED: 'aborted',
  RESOURCE_EXHAUSTED: 'rateLimitExceeded',
  INTERNAL: 'backendError',
  UNIMPLEMENTED: 'notImplemented',
  UNAVAILABLE: 'backendError',
}
