import type { googleAuthLibrary } from 'googleapis-common'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commonJs } from './common-js.ts'
import { noCredentials, tokenError } from './credential-errors.ts'
import { scopeUrl, type Scope } from './scopes.ts'
import type { Headers } from './send.ts'

/**
 * Who we are to Google. A key file may hold a service account's key, a workload identity's configuration or the sign-in
 * of a user; `default` looks for such a file where gcloud and Terraform look, and then asks the machine.
 */
export type CredentialsConfig =
  | { readonly kind: 'default'; readonly impersonate?: string }
  | { readonly kind: 'key-file'; readonly path: string; readonly impersonate?: string }
  | { readonly kind: 'access-token'; readonly token: string }

export type Env = Readonly<Record<string, string | undefined>>

/** Gives the headers of a request, with a token that is good for a while yet. */
export type Authorize = () => Promise<Headers>

type GoogleAuthLibrary = typeof googleAuthLibrary
type AuthClient = googleAuthLibrary.AuthClient
type KeyFile = Readonly<Record<string, unknown>>

/**
 * For whoever gives out tokens: 20 seconds a try, of which the library makes three at most, and no answer that is larger
 * than any token.
 */
const TOKEN_LIMITS = { timeout: 20_000, size: 1024 * 1024 }

/** The address of the machine's own metadata server. https://cloud.google.com/compute/docs/metadata/overview */
const METADATA_HOST = '169.254.169.254'

const CLOUD_PLATFORM = 'https://www.googleapis.com/auth/cloud-platform'

/**
 * The credentials that the environment names, in the variables that Terraform's Google provider reads too:
 * GOOGLE_OAUTH_ACCESS_TOKEN, else application default credentials, with GOOGLE_IMPERSONATE_SERVICE_ACCOUNT.
 */
export function credentialsFromEnv(env: Env): CredentialsConfig {
  // Secret stores like to add a line's end.
  const token = env['GOOGLE_OAUTH_ACCESS_TOKEN']?.trim()
  if (token) return { kind: 'access-token', token }
  const impersonate = env['GOOGLE_IMPERSONATE_SERVICE_ACCOUNT']
  return { kind: 'default', ...(impersonate ? { impersonate } : {}) }
}

/**
 * Finds the credentials and reads their file; asks for no token yet. Throws GoogleError `no-credentials`. What it gives
 * throws GoogleError `credentials-refused`, `unreachable` or `timeout`.
 */
export async function authorizer(
  config: CredentialsConfig,
  scopes: readonly Scope[],
  env: Env,
): Promise<Authorize> {
  if (config.kind === 'access-token') {
    if (!FIT_FOR_A_HEADER.test(config.token))
      throw noCredentials('The access token is empty or holds a space.')
    const headers = { authorization: `Bearer ${config.token}` }
    return () => Promise.resolve(headers)
  }
  const { googleAuthLibrary: library } = commonJs(await import('googleapis-common'))
  const urls = scopes.map(scopeUrl)
  // Making a token for another account is a Cloud API and needs Cloud's scope; the token that is made has only ours.
  const client =
    config.impersonate === undefined
      ? await ownClient(library, config, urls, env)
      : new library.Impersonated({
          sourceClient: await ownClient(library, config, [CLOUD_PLATFORM], env),
          targetPrincipal: config.impersonate,
          targetScopes: urls,
          transporterOptions: TOKEN_LIMITS,
        })
  return async () => {
    const headers = await client.getRequestHeaders().catch((cause: unknown) => {
      throw tokenError(cause)
    })
    return Object.fromEntries(headers)
  }
}

/**
 * What Google counts the requests of these credentials for, as far as it can be told without asking: a project's name or
 * number, else whose credentials they are. Never a secret.
 */
export async function quotaProject(config: CredentialsConfig, env: Env): Promise<string> {
  if (env['GOOGLE_CLOUD_QUOTA_PROJECT']) return env['GOOGLE_CLOUD_QUOTA_PROJECT']
  if (config.kind === 'access-token') return 'access token'
  if (config.impersonate !== undefined) return ofAccount(config.impersonate)
  const named = config.kind === 'key-file' ? config.path : env['GOOGLE_APPLICATION_CREDENTIALS']
  const json = (named ? await readKeyFile(named).catch(() => undefined) : await readSignIn(env)) ?? {}
  const text = (name: string): string | undefined =>
    typeof json[name] === 'string' ? (json[name] as string) : undefined
  const account = text('client_email') ?? text('service_account_impersonation_url')
  return (
    text('quota_project_id') ??
    text('project_id') ??
    (account && ofAccount(account)) ??
    text('audience') ??
    text('client_id') ??
    'machine'
  )
}

/** `shop` of plan@shop.iam.gserviceaccount.com, also inside an address. */
function ofAccount(account: string): string {
  return /@([a-z0-9.:-]+?)\.iam\.gserviceaccount\.com/.exec(account)?.[1] ?? account
}

// Anything else is refused with a message that quotes it.
const FIT_FOR_A_HEADER = /^[\x21-\x7e]+$/

async function ownClient(
  library: GoogleAuthLibrary,
  config: Exclude<CredentialsConfig, { kind: 'access-token' }>,
  scopes: readonly string[],
  env: Env,
): Promise<AuthClient> {
  const named = config.kind === 'key-file' ? config.path : env['GOOGLE_APPLICATION_CREDENTIALS']
  const json = named ? await readKeyFile(named) : await readSignIn(env)
  const client = json ? await fromKeyFile(library, json, scopes) : await fromMachine(library, scopes, env)
  const quotaProject = env['GOOGLE_CLOUD_QUOTA_PROJECT']
  if (quotaProject) client.quotaProjectId = quotaProject
  return client
}

async function fromKeyFile(
  library: GoogleAuthLibrary,
  json: KeyFile,
  scopes: readonly string[],
): Promise<AuthClient> {
  try {
    const clientOptions = { transporterOptions: TOKEN_LIMITS }
    return await new library.GoogleAuth({ credentials: json, scopes: [...scopes], clientOptions }).getClient()
  } catch {
    // The library's words may quote the file.
    throw noCredentials('The credentials file is not one that Google gives out, or a part of it is missing.')
  }
}

/** Compute Engine, Cloud Run, GKE and the like have a service account that only has to be asked for. */
async function fromMachine(
  library: GoogleAuthLibrary,
  scopes: readonly string[],
  env: Env,
): Promise<AuthClient> {
  if (!(await isAtGoogle(env))) throw noCredentials('No Google credentials were found.')
  return new library.Compute({ scopes: [...scopes], transporterOptions: TOKEN_LIMITS })
}

/** The library asks the same, but warns the user of a MetadataLookupWarning wherever a network answers oddly. */
async function isAtGoogle(env: Env): Promise<boolean> {
  const detection = env['METADATA_SERVER_DETECTION']?.trim().toLowerCase()
  if (detection === 'none' || detection === 'assume-present') return detection === 'assume-present'
  const host = env['GCE_METADATA_IP'] ?? env['GCE_METADATA_HOST'] ?? METADATA_HOST
  try {
    const url = new URL('/computeMetadata/v1/instance', /^https?:/.test(host) ? host : `http://${host}`)
    const answer = await fetch(url, {
      headers: { 'metadata-flavor': 'Google' },
      signal: AbortSignal.timeout(3000),
    })
    await answer.body?.cancel()
    return answer.headers.get('metadata-flavor') === 'Google'
  } catch {
    return false
  }
}

async function readKeyFile(path: string): Promise<KeyFile> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw noCredentials(`The credentials file ${path} cannot be read.`)
  })
  const json = parseObject(text)
  if (!json) throw noCredentials(`The credentials file ${path} is not a JSON object.`)
  return json
}

/** What `gcloud auth application-default login` has left, if anything. */
async function readSignIn(env: Env): Promise<KeyFile | undefined> {
  const folder =
    env['CLOUDSDK_CONFIG'] ??
    (env['APPDATA']
      ? join(env['APPDATA'], 'gcloud')
      : env['HOME']
        ? join(env['HOME'], '.config', 'gcloud')
        : undefined)
  if (folder === undefined) return undefined
  const text = await readFile(join(folder, 'application_default_credentials.json'), 'utf8').catch(
    () => undefined,
  )
  return text === undefined ? undefined : parseObject(text)
}

// Node's own message quotes the text, and the text is a key.
function parseObject(text: string): KeyFile | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as KeyFile)
      : undefined
  } catch {
    return undefined
  }
}
