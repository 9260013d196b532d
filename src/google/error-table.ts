import type { Asked, GoogleErrorCode } from './errors.ts'
import type { Failure } from './failure.ts'
import { loginCommand, SCOPE_USE, scopeUrl } from './scopes.ts'

export interface Classified {
  readonly code: GoogleErrorCode
  readonly message: string
  readonly fix: string
  /** The request may have reached Google and worked. */
  readonly mayHaveWorked: boolean
}

interface Row {
  readonly code: GoogleErrorCode
  readonly when: (failure: Failure, asked: Asked) => boolean
  readonly message: (failure: Failure, asked: Asked) => string
  readonly fix: (failure: Failure, asked: Asked) => string
  readonly mayHaveWorked?: true
}

// Never got through to a server.
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
])
const NOT_TRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO/
const TIMED_OUT = new Set(['TimeoutError', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'])
// Which of these GTM sends today is unknown; all are Google's usual words for "too fast".
// https://developers.google.com/tag-platform/tag-manager/api/v2/errors
const TOO_FAST = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_EXHAUSTED',
])

const isStatus =
  (...statuses: readonly number[]) =>
  ({ status }: Failure): boolean =>
    status !== undefined && statuses.includes(status)
const has =
  (...reasons: readonly string[]) =>
  (failure: Failure): boolean =>
    failure.reasons.some((reason) => reasons.includes(reason))
const says =
  (pattern: RegExp) =>
  ({ said }: Failure): boolean =>
    pattern.test(said)
const all =
  (...tests: readonly ((failure: Failure) => boolean)[]) =>
  (failure: Failure): boolean =>
    tests.every((test) => test(failure))

const PRODUCT = {
  gtm: 'Google Tag Manager',
  ga4: 'Google Analytics',
  data: 'Google Analytics',
  bigquery: 'BigQuery',
} as const
const SERVICE = {
  gtm: 'tagmanager.googleapis.com',
  ga4: 'analyticsadmin.googleapis.com',
  data: 'analyticsdata.googleapis.com',
  bigquery: 'bigquery.googleapis.com',
} as const
const product = ({ api }: Asked): string => PRODUCT[api]
const service = ({ api }: Asked): string => SERVICE[api]
const where = ({ url }: Failure): string => url?.origin ?? 'the server'
const quoted = ({ said }: Failure): string => said.trim().replace(/\n/g, '\n  ')
const refusal = (failure: Failure, asked: Asked): string =>
  `${product(asked)} refused to ${asked.what} (${failure.status}): ${quoted(failure) || 'no reason given'}`

/** The first row that fits says what happened. Fields of Google's errors that are used: status, reasons, message. */
const TABLE: readonly Row[] = [
  {
    code: 'unreachable',
    when: ({ networkCode }) => networkCode !== undefined && NEVER_SENT.has(networkCode),
    message: (failure) => `Nothing answers at ${where(failure)} (${failure.networkCode}).`,
    fix: () => 'Check the address, the network connection and the proxy, then run it again.',
  },
  {
    code: 'unreachable',
    when: ({ networkCode }) => networkCode !== undefined && NOT_TRUSTED.test(networkCode),
    message: (failure) => `No secure connection to ${where(failure)} (${failure.networkCode}).`,
    fix: () =>
      'If a proxy of your company stands in between, give its certificate to Node in NODE_EXTRA_CA_CERTS and run it again.',
  },
  {
    code: 'timeout',
    when: ({ networkCode, status }) =>
      (networkCode !== undefined && TIMED_OUT.has(networkCode)) || status === 408 || status === 504,
    message: (failure, asked) => `${where(failure)} took too long to ${asked.what}.`,
    fix: () => 'Run it again; what was done already is found and not done twice.',
    mayHaveWorked: true,
  },
  {
    code: 'answer-too-large',
    when: ({ tooLarge }) => tooLarge,
    message: (failure, asked) =>
      `${where(failure)} went on answering past 64 MB when asked to ${asked.what}; the rest was not read.`,
    fix: () =>
      'Google sends no such answer: check the address and what proxy stands in between, then run it again.',
    mayHaveWorked: true,
  },
  {
    code: 'connection-lost',
    when: ({ status }) => status === undefined,
    message: (failure, asked) =>
      `The connection to ${where(failure)} broke while waiting for it to ${asked.what}${failure.networkCode === undefined ? '' : ` (${failure.networkCode})`}.`,
    fix: () => 'Run it again; what was done already is found and not done twice.',
    mayHaveWorked: true,
  },
  {
    code: 'bad-answer',
    when: ({ status }) => status !== undefined && status < 400,
    message: (failure, asked) =>
      `${where(failure)} answered with something other than expected when asked to ${asked.what} (${failure.status}${failure.said === '' ? '' : `: ${quoted(failure)}`}).`,
    fix: () => 'A proxy or a captive network may stand in between; check that, then run it again.',
    mayHaveWorked: true,
  },
  {
    code: 'credentials-refused',
    when: isStatus(401),
    message: (_failure, asked) =>
      `${product(asked)} did not accept the credentials: they are missing, expired or withdrawn.`,
    fix: (_failure, { scope }) =>
      `Sign in again: ${loginCommand(scope)} , or check the service account's key.`,
  },
  {
    code: 'scope-missing',
    when: all(
      isStatus(403),
      (failure) =>
        has('ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'insufficientPermissions')(failure) ||
        says(/insufficient authentication scopes/i)(failure),
    ),
    message: (_failure, asked) =>
      `The credentials lack the scope ${scopeUrl(asked.scope)}, which is needed to ${SCOPE_USE[asked.scope]}.`,
    fix: (_failure, { scope }) => `Sign in again with it: ${loginCommand(scope)}`,
  },
  {
    code: 'api-not-enabled',
    when: all(
      isStatus(403),
      (failure) =>
        has('accessNotConfigured', 'SERVICE_DISABLED')(failure) ||
        says(/has not been used in project|it is disabled/i)(failure),
    ),
    message: (_failure, asked) => `The API ${service(asked)} is switched off in the Google Cloud project.`,
    fix: (_failure, asked) =>
      `Switch it on: gcloud services enable ${service(asked)} (or in the Cloud console under APIs), wait a minute, run it again.`,
  },
  {
    // How the fourth workspace is refused is not documented; a create that speaks of workspaces, or of a workspace and
    // a limit, can hardly mean anything else.
    // https://support.google.com/tagmanager/answer/7059647
    code: 'workspace-limit',
    when: all(
      isStatus(400, 403, 409, 412, 429),
      says(/workspaces|workspace[\s\S]*(limit|maximum|exceed)|(limit|maximum|exceed)[\s\S]*workspace/i),
      ({ method, url }) => method === 'POST' && /\/workspaces$/.test(url?.path ?? ''),
    ),
    message: () =>
      'The container has no room for another workspace: three at a time, the default one included.',
    fix: () =>
      'Submit or delete a workspace that nobody needs (in Tag Manager: Workspaces, at the top left), then run it again.',
  },
  {
    // Tokens come back within the hour, or at midnight Pacific: longer than it is worth waiting.
    // https://developers.google.com/analytics/devguides/reporting/data/v1/quotas
    code: 'quota-exhausted',
    when: (failure, { api }) =>
      api === 'data' && failure.status === 429 && says(/tokens|per (hour|day)/i)(failure),
    message: (failure) => `The property has no tokens left for reports: ${quoted(failure)}`,
    fix: () =>
      'Run the same command again in an hour, or tomorrow where the day’s tokens are gone; or measure the export, which knows more: --from "data/events_*.parquet" or --from bigquery:project.dataset.',
  },
  {
    // The bytes of a day or of the free tier, never a rate: https://cloud.google.com/bigquery/docs/error-messages
    code: 'quota-exhausted',
    when: (failure, { api }) => api === 'bigquery' && has('quotaExceeded')(failure),
    message: (failure) => `The project’s quota of BigQuery is used up: ${quoted(failure)}`,
    fix: () =>
      'Run the same command again after midnight Pacific time, or have the project’s quota raised (Cloud console, IAM & Admin, Quotas); or download the days and measure them as files.',
  },
  {
    code: 'quota-exhausted',
    when: all(
      isStatus(403, 429),
      (failure) =>
        has('dailyLimitExceeded', 'dailyLimitExceededUnreg')(failure) || says(/per day|daily/i)(failure),
    ),
    message: (_failure, asked) => `The quota of ${product(asked)} for today is used up.`,
    // Reset at midnight Pacific: https://developers.google.com/tag-platform/tag-manager/api/v2/limits-quotas
    fix: () =>
      'Run the same command again after midnight Pacific time; it goes on where this one stopped. The Cloud console takes requests for a higher quota.',
  },
  {
    code: 'quota',
    when: (failure) => failure.status === 429 || (failure.status === 403 && has(...TOO_FAST)(failure)),
    message: (_failure, asked) => `${product(asked)} says that requests come too fast.`,
    fix: () =>
      'Wait two minutes and run the same command again; it goes on where this one stopped. Somebody else may be using the quota of the same project.',
  },
  {
    code: 'permission-denied',
    when: isStatus(403),
    message: refusal,
    fix: (_failure, asked) => accessFix(asked),
  },
  {
    code: 'not-supported',
    when: (failure) =>
      failure.status === 501 || failure.status === 405 || (failure.status === 404 && !failure.enveloped),
    message: (failure, asked) =>
      `${where(failure)} does not know how to ${asked.what} (${failure.status}, ${failure.method ?? 'GET'} ${failure.url?.path ?? ''}).`,
    fix: () =>
      'Check the address of the server; if it is right, a newer version of this program may be needed.',
  },
  {
    code: 'not-found',
    when: isStatus(404, 410),
    message: (failure, asked) =>
      `${product(asked)} has nothing at ${failure.url?.path ?? 'this address'}, or these credentials may not see it: Google gives one answer for both.`,
    fix: (_failure, asked) =>
      `Check ${asked.api === 'bigquery' ? 'the project and the dataset' : 'the id in the plan'}. If it is right: ${accessFix(asked)}`,
  },
  {
    code: 'stale-fingerprint',
    when: all(isStatus(400, 409, 412), says(/fingerprint/i)),
    message: (_failure, asked) =>
      `Somebody changed it in the meantime, so ${product(asked)} refused to ${asked.what}.`,
    fix: () => 'Look at the difference again and run it again.',
  },
  {
    code: 'workspace-submitted',
    when: all(isStatus(400, 409, 412), says(/already submitted/i)),
    message: () => 'The workspace has been turned into a version in the meantime and takes no more changes.',
    fix: () => 'Run it again; it uses a new workspace.',
  },
  {
    code: 'duplicate-name',
    when: all(isStatus(400, 409), says(/duplicate name/i)),
    message: (_failure, asked) => `${product(asked)} refused to ${asked.what}: the name is taken.`,
    fix: () =>
      'Give it another title in the plan, or take over the one that is there with `plan adopt`. A variable may not be called like an enabled built-in one either.',
  },
  {
    code: 'concurrent-change',
    when: all(isStatus(409), has('ABORTED', 'aborted')),
    message: (_failure, asked) => `${product(asked)} was changing the same thing at the same moment.`,
    fix: () => 'Run it again.',
  },
  {
    code: 'already-exists',
    when: isStatus(409),
    message: (failure, asked) =>
      `${product(asked)} refused to ${asked.what}: it exists already. ${quoted(failure)}`.trim(),
    fix: () =>
      'Look at the difference again; what exists is taken as it is. An archived name may not be used again.',
  },
  {
    code: 'invalid',
    when: (failure, { api }) => api === 'bigquery' && isStatus(400)(failure),
    message: refusal,
    fix: () =>
      'Check that the dataset is a GA4 export. If it is, this is a statement of plan’s that BigQuery does not take: please report it with the message; measuring downloaded files with --from works meanwhile.',
  },
  {
    code: 'invalid',
    when: (failure, { api }) => api === 'data' && isStatus(400)(failure),
    message: refusal,
    fix: () =>
      'A parameter that a conversion needs may not be registered in the property: apply the plan first. Or measure the export, which needs none registered.',
  },
  {
    // What GA4 wants agreed to once on its own pages: a secret (v1beta/analytics_admin.proto) and Google signals. Both are
    // statements in law, which plan makes in nobody's name.
    code: 'invalid',
    when: all(isStatus(400, 412), says(/user data collection|google signals/i)),
    message: refusal,
    fix: ({ said }) =>
      `Agree to it once in GA4: Admin, ${/signals/i.test(said) ? 'Data collection' : 'Data streams, the stream, Measurement Protocol API secrets'}. Then run it again.`,
  },
  {
    code: 'invalid',
    when: isStatus(400, 412, 413, 422),
    message: refusal,
    fix: () =>
      'The text before each colon is the place in the entity. Correct the plan there and run it again.',
  },
  {
    code: 'server',
    when: ({ status }) => status !== undefined && status >= 500,
    message: (failure, asked) =>
      `${product(asked)} failed to ${asked.what} (${failure.status}${failure.said === '' ? '' : `: ${quoted(failure)}`}).`,
    fix: () =>
      'The fault is on the server. Run it again in a few minutes; what was done already is not done twice.',
    mayHaveWorked: true,
  },
  {
    code: 'refused',
    when: () => true,
    message: refusal,
    fix: () => 'Run it again; if it stays so, the message above is all that the server says.',
  },
]

/** Says what a failure means. Total: the last row fits everything. */
export function classify(failure: Failure, asked: Asked): Classified {
  const row = TABLE.find(({ when }) => when(failure, asked))
  if (!row) throw new Error('the last row of the table of errors fits everything')
  return {
    code: row.code,
    message: row.message(failure, asked),
    fix: row.fix(failure, asked),
    mayHaveWorked: row.mayHaveWorked === true,
  }
}

function accessFix(asked: Asked): string {
  if (asked.api === 'bigquery')
    return 'ask an administrator of the Google Cloud project for the roles BigQuery Job User on the project and BigQuery Data Viewer on the dataset (BigQuery Data Editor to write views), for the address you signed in with.'
  return asked.api === 'gtm'
    ? 'ask an administrator of the Tag Manager account for access (Admin, User Management) for the address you signed in with: Read to compare, Edit to apply, Publish to publish. Roles in the Google Cloud project do not count.'
    : 'ask an administrator of the Google Analytics property for access (Admin, Access management) for the address you signed in with: Viewer to compare, Editor to apply. Roles in the Google Cloud project do not count.'
}
