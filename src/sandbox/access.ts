/**
 * Who asks and what they may. Any bearer token is accepted and may do everything; `sandbox:scope1,scope2` may only do what
 * those scopes allow, so that a missing scope can be played. Scopes per method stand in the discovery documents.
 */
import { ApiError } from './errors.ts'
import type { Api, MethodFacts } from './facts.ts'

export interface Access {
  readonly user: string
  /** undefined: all scopes. */
  readonly scopes: ReadonlySet<string> | undefined
}

const PREFIX = 'https://www.googleapis.com/auth/'

export function readAccess(authorization: string | undefined, queryToken: string | null): Access {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]?.trim() ?? queryToken
  if (token === null || token === undefined || token === '') throw unauthenticated()
  const [, names] = /^sandbox:(.*)$/.exec(token) ?? []
  const scopes = names?.split(',').map((name) => name.trim().replace(PREFIX, ''))
  return { user: 'you@sandbox.example', scopes: scopes && new Set(scopes) }
}

// Google's answer to a request without credentials.
function unauthenticated(): ApiError {
  return new ApiError(
    401,
    'UNAUTHENTICATED',
    'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
    { reason: 'required', itemMessage: 'Login Required.' },
  )
}

/** Recorded from the live API, for both products. */
export function checkScopes(access: Access, api: Api, method: MethodFacts): void {
  const { scopes } = access
  if (scopes === undefined || method.scopes.some((scope) => scopes.has(scope))) return
  throw new ApiError(403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.', {
    reason: 'insufficientPermissions',
    itemMessage: 'Insufficient Permission',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
        metadata: { service: `${api.api}.googleapis.com`, method: internalName(api, method) },
      },
    ],
  })
}

/**
 * `container_tag.apiary_v2.TagManagerServiceV2.CreateContainerVersion` and the like. Lists are plural, all else is about one;
 * what a custom verb is called is assumed, but for the recorded one.
 */
function internalName(api: Api, method: MethodFacts): string {
  const parts = method.id.split('.')
  const verb = parts.pop() ?? ''
  const noun = NOUNS[parts.at(-1) ?? ''] ?? pascal(parts.at(-1) ?? '')
  const name = verb === 'list' ? `List${noun}` : rpcName(verb, noun.replace(/ies$/, 'y').replace(/s$/, ''))
  return api.api === 'tagmanager'
    ? `container_tag.apiary_v2.TagManagerServiceV2.${name}`
    : `${SERVICES[api.api] ?? api.api}.${name}`.replace('VERSION', api.version)
}

const SERVICES: Readonly<Record<string, string>> = {
  analyticsadmin: 'google.analytics.admin.VERSION.AnalyticsAdminService',
  analyticsdata: 'google.analytics.data.VERSION.BetaAnalyticsData',
}

// Where the message is not called as the path says.
const NOUNS: Readonly<Record<string, string>> = {
  versions: 'ContainerVersions',
  version_headers: 'ContainerVersionHeaders',
  templates: 'CustomTemplates',
}

function rpcName(verb: string, singular: string): string {
  if (verb === 'create_version') return 'CreateContainerVersion'
  // The Admin API's PATCH is an Update, and its own verbs name what they are about: GetDataRetentionSettings.
  if (verb === 'patch') return `Update${singular}`
  return /^(get|create|update|delete|archive|publish|revert)$/.test(verb)
    ? pascal(verb) + singular
    : pascal(verb)
}

function pascal(word: string): string {
  return word
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
}
