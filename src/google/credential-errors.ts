import { GoogleError } from './errors.ts'
import { readFailure } from './failure.ts'
import { loginCommand } from './scopes.ts'

/** There is nobody to act as. `message` says what was looked at. */
export function noCredentials(message: string): GoogleError {
  return new GoogleError({
    code: 'no-credentials',
    message,
    fix: `Sign in with: ${loginCommand()} , or set GOOGLE_APPLICATION_CREDENTIALS to the path of a service account's key file. To try it without an account, use --sandbox.`,
    requestMethod: '',
    requestPath: '',
    maybeApplied: false,
  })
}

// The words of OAuth 2.0 (RFC 6749, section 5.2) that people meet. A refresh token dies after seven days while the
// consent screen is in testing. https://github.com/jabeer4148-ops/google-measurement-mcp/blob/0241baaaea7113526a9006bbb0105e855885fc27/docs/API-NOTES.md
const OAUTH_WORDS: Readonly<Record<string, string>> = {
  invalid_grant: 'the sign-in has expired or was withdrawn, or the clock of this machine is wrong',
  invalid_client: 'the client of the sign-in is unknown or was deleted',
  unauthorized_client: 'the account may not ask for these scopes',
  invalid_scope: 'one of the scopes is unknown to it',
  invalid_target: 'the audience in the workload identity configuration is wrong',
  access_denied: 'access was denied',
  PERMISSION_DENIED:
    'the account may not act as the service account; it needs the role Service Account Token Creator',
  NOT_FOUND: 'the service account to act as does not exist',
}

/**
 * No token was to be had. Of what the token server said only words that are known here are passed on: an answer about
 * credentials may quote them.
 */
export function tokenError(cause: unknown): GoogleError {
  const { status, networkCode, url, method, reasons } = readFailure(cause, 0)
  const request = { requestMethod: method ?? 'POST', requestPath: url?.path ?? '', maybeApplied: false }
  const server = url?.origin ?? 'the server that gives out tokens'
  const own = networkCode === undefined ? undefined : ownFault(networkCode)
  if (own !== undefined) return new GoogleError({ code: 'no-credentials', ...own, ...request })
  if (status === undefined && networkCode !== undefined) {
    return new GoogleError({
      code: networkCode === 'TimeoutError' ? 'timeout' : 'unreachable',
      message: `No token for Google: nothing answers at ${server} (${networkCode}).`,
      fix: 'Check the network connection and the proxy, then run it again.',
      ...request,
    })
  }
  const word = [...reasons, oauthWord(cause)].find(
    (each) => each !== undefined && Object.hasOwn(OAUTH_WORDS, each),
  )
  const because = word === undefined ? '' : `: ${OAUTH_WORDS[word]}`
  return new GoogleError({
    code: 'credentials-refused',
    message: `Google gave no token for these credentials${because}${status === undefined ? '' : ` (${status})`}.`,
    fix: `Sign in again with: ${loginCommand()} , or make a new key for the service account.`,
    ...(status === undefined ? {} : { status }),
    ...(word === undefined ? {} : { reason: word }),
    ...request,
  })
}

/** What is wrong on this machine before any server is asked: a key that is none, a file that is not there. */
function ownFault(systemCode: string): { readonly message: string; readonly fix: string } | undefined {
  if (systemCode.startsWith('ERR_OSSL'))
    return {
      message: 'The private key in the credentials file is none that can be read.',
      fix: "Download the service account's key file anew, and keep it as it is: in a variable, line ends of the key easily go.",
    }
  if (FILE_CODES.has(systemCode))
    return {
      message: `A file that the credentials file names under "credential_source" cannot be read (${systemCode}).`,
      fix: 'Check that path. In CI, the step that signs in writes the file, so it comes first and in the same job.',
    }
  return undefined
}

const FILE_CODES = new Set(['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR'])

// OAuth puts the word where Google's APIs put an object: {"error": "invalid_grant"}.
function oauthWord(cause: unknown): string | undefined {
  const data = (cause as { response?: { data?: { error?: unknown } } } | undefined)?.response?.data
  return typeof data?.error === 'string' ? data.error : undefined
}
