import { describe, expect, test } from 'vitest'
import { getProperty } from '../../src/google/ga4.ts'
import { createEntity, createWorkspace, liveVersion, lookupContainer } from '../../src/google/gtm.ts'
import { bulkUpdate } from '../../src/google/gtm.ts'
import { stoppedByQuota, type GoogleError } from '../../src/google/errors.ts'
import { parseRetryAfter } from '../../src/google/failure.ts'
import { connectTo, errorOf } from './connect-to.ts'
import { ga4Error, gtmError, json, serve, text, type Reply } from './fake-server.ts'

const CONTAINER = 'accounts/1/containers/2'
const WORKSPACE = `${CONTAINER}/workspaces/3`

/** What becomes of an answer. */
async function errorFor(reply: Reply, request: 'read' | 'create' | 'workspace' | 'bulk' | 'ga4' = 'create') {
  await using server = await serve(reply)
  const { google } = await connectTo(server.url)
  const calls = {
    read: () => liveVersion(google, CONTAINER),
    create: () => createEntity(google, WORKSPACE, 'tag', { name: 'A', type: 'html' }),
    workspace: () => createWorkspace(google, CONTAINER, { name: 'plan' }),
    bulk: () => bulkUpdate(google, WORKSPACE, []),
    ga4: () => getProperty(google, 'properties/1'),
  }
  return { error: await errorOf(calls[request]()), url: server.url.slice(0, -1) }
}

const shown = ({ message, fix }: GoogleError): string => `${message}\n${fix}`

const SCOPE_DETAILS = [
  { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' },
]
const DISABLED_DETAILS = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }]
const badRequest = (message: string): Reply => gtmError(400, 'INVALID_ARGUMENT', message, 'badRequest')

test.each([
  ['401', gtmError(401, 'UNAUTHENTICATED', 'Invalid Credentials', 'authError'), 'credentials-refused'],
  [
    '403 by scope',
    gtmError(
      403,
      'PERMISSION_DENIED',
      'Request had insufficient authentication scopes.',
      'insufficientPermissions',
    ),
    'scope-missing',
  ],
  ['403 by scope, in details only', ga4Error(403, 'PERMISSION_DENIED', 'no', SCOPE_DETAILS), 'scope-missing'],
  [
    '403 with the API off, old',
    gtmError(403, '', 'Access Not Configured', 'accessNotConfigured'),
    'api-not-enabled',
  ],
  ['403 with the API off, new', ga4Error(403, 'PERMISSION_DENIED', 'x', DISABLED_DETAILS), 'api-not-enabled'],
  [
    '403 by permission',
    ga4Error(403, 'PERMISSION_DENIED', 'The caller does not have permission'),
    'permission-denied',
  ],
  ['404', gtmError(404, 'NOT_FOUND', 'Not found or permission denied.', 'notFound'), 'not-found'],
  ['404 without Google’s body', text('<html>404</html>', 404), 'not-supported'],
  [
    '501',
    json({ error: { code: 501, message: 'bulk_update', status: 'UNIMPLEMENTED' } }, 501),
    'not-supported',
  ],
  ['400', badRequest('name: The value must not be empty.\n'), 'invalid'],
  ['400 for a taken name', badRequest('Found entity with duplicate name.'), 'duplicate-name'],
  ['400 for a submitted workspace', badRequest('Workspace is already submitted.'), 'workspace-submitted'],
  ['400 for a fingerprint', badRequest('fingerprint: does not match'), 'stale-fingerprint'],
  ['409 for a fingerprint', gtmError(409, 'ABORTED', 'Stale fingerprint', 'conflict'), 'stale-fingerprint'],
  [
    '412 for a fingerprint',
    gtmError(412, '', 'Fingerprint mismatch', 'conditionNotMet'),
    'stale-fingerprint',
  ],
  ['409 for what exists', ga4Error(409, 'ALREADY_EXISTS', 'Entity exists'), 'already-exists'],
  ['413', text('too large', 413), 'invalid'],
  ['418', json({ error: { code: 418, message: 'I am a teapot' } }, 418), 'refused'],
] as const)('%s', async (_name, reply, code) => {
  expect((await errorFor(reply)).error).toMatchObject({ code, maybeApplied: false, name: 'GoogleError' })
})

test.each([
  [400, 'Returned an error: workspace limit reached.'],
  [403, 'The maximum number of workspaces for this container was exceeded.'],
  [429, 'Too many workspaces.'],
])('the fourth workspace is told from a quota whatever Google says, here %i', async (status, message) => {
  const reply = gtmError(status, 'RESOURCE_EXHAUSTED', message, 'quotaExceeded')
  const { error } = await errorFor(reply, 'workspace')
  expect(error.code).toBe('workspace-limit')
  expect(shown(error)).toMatch(/three at a time[\s\S]*Submit or delete/)
})

describe('what people read', () => {
  test('nothing answers: one line with the address', async () => {
    const { google } = await connectTo('http://127.0.0.1:9/')
    const error = await errorOf(liveVersion(google, CONTAINER))
    expect(error.message).toBe('Nothing answers at http://127.0.0.1:9 (ECONNREFUSED).')
    expect(error.requestPath).toBe(`/tagmanager/v2/${CONTAINER}/versions:live`)
  })

  test('a missing scope is named, with what it is for and how to get it', async () => {
    const reply = ga4Error(403, 'PERMISSION_DENIED', 'no', SCOPE_DETAILS)
    const said = shown((await errorFor(reply, 'ga4')).error)
    expect(said).toContain('https://www.googleapis.com/auth/analytics.readonly')
    expect(said).toContain('to read Google Analytics properties')
    expect(said).toContain('gcloud auth application-default login --scopes=')
  })

  test('not found: both explanations, and what to do about each', async () => {
    const said = shown((await errorFor(gtmError(404, 'NOT_FOUND', 'Not found.', 'notFound'), 'read')).error)
    expect(said).toMatch(
      /has nothing at \/tagmanager\/v2\/accounts\/1\/containers\/2\/versions:live, or these credentials may not see it/,
    )
    expect(said).toMatch(/Check the id in the plan/)
    expect(said).toMatch(/ask an administrator/)
  })

  test('an API that is off: which one, and the command that switches it on', async () => {
    const { error } = await errorFor(ga4Error(403, 'PERMISSION_DENIED', 'x', DISABLED_DETAILS), 'ga4')
    expect(shown(error)).toContain('gcloud services enable analyticsadmin.googleapis.com')
  })

  test('a refused entity: all of Google’s lines with their places', async () => {
    const lines =
      'vendorTemplate.key: Unknown entity type.\nvendorTemplate.parameter.html: The value must not be empty.\n'
    const { error } = await errorFor(badRequest(lines))
    expect(error.message).toBe(
      'Google Tag Manager refused to create the tag "A" (400): vendorTemplate.key: Unknown entity type.\n' +
        '  vendorTemplate.parameter.html: The value must not be empty.',
    )
  })

  test('the day’s quota: when it goes on', async () => {
    const { error } = await errorFor(
      gtmError(403, '', 'Quota exceeded: Queries per day', 'rateLimitExceeded'),
    )
    expect(stoppedByQuota(error)).toBe(true)
    expect(shown(error)).toMatch(/used up[\s\S]*midnight Pacific/)
  })

  test('a fault of the server: whose, and that running again is safe', async () => {
    const { error } = await errorFor(
      gtmError(500, 'INTERNAL', 'Experienced an internal error.', 'backendError'),
    )
    expect(error).toMatchObject({ code: 'server', maybeApplied: true, status: 500, reason: 'backendError' })
    expect(shown(error)).toMatch(/failed to create the tag "A" \(500: Experienced an internal error.\)/)
  })

  test('every one has a message that ends like a sentence, a fix, and no query of the request', async () => {
    for (const status of [400, 401, 403, 404, 409, 412, 500, 501, 503]) {
      await using server = await serve(gtmError(status, 'X', '', 'x'))
      const { google } = await connectTo(server.url)
      const error = await errorOf(
        status < 500
          ? lookupContainer(google, 'GTM-SECRET')
          : createEntity(google, WORKSPACE, 'tag', { name: 'A', type: 'html' }),
      )
      expect(error.message).toMatch(/[.:)\w]$/)
      expect(error.fix).not.toBe('')
      expect(error.requestPath).not.toContain('?')
      expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: error.code, message: error.message })
    }
  })
})

test('a bug of ours stays what it is', async () => {
  await using server = await serve(json({}))
  const { google } = await connectTo(server.url)
  const bug = new TypeError('x is not a function')
  const promise = google.gtm({
    what: 'show a bug',
    effect: 'read',
    scope: 'tagmanager.readonly',
    call: () => Promise.reject(bug),
    read: () => undefined,
  })
  await expect(promise).rejects.toBe(bug)
})

test('a Retry-After in seconds, as a date to come, and as one that has passed', () => {
  const now = Date.parse('2026-11-22T12:00:00Z')
  expect(parseRetryAfter('30', now)).toBe(30_000)
  expect(parseRetryAfter('Sun, 22 Nov 2026 12:00:05 GMT', now)).toBe(5000)
  expect(parseRetryAfter('Sun, 22 Nov 2026 11:59:00 GMT', now)).toBe(0)
  expect(parseRetryAfter('soon', now)).toBeUndefined()
})

test.each([
  ['The user data collection terms must be acknowledged first.', 'Measurement Protocol API secrets'],
  ['Google signals must be activated in the user interface first.', 'Data collection'],
])('what nobody has agreed to is not a mistake of the plan: %s', async (said, where) => {
  const { error } = await errorFor(ga4Error(400, 'FAILED_PRECONDITION', said), 'ga4')
  expect(error.fix).toMatch(`Agree to it once in GA4: Admin, `)
  expect(error.fix).toContain(where)
})
