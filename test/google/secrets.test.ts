import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorizer, type CredentialsConfig } from '../../src/google/credentials.ts'
import { GoogleError, googleError, type Asked } from '../../src/google/errors.ts'
import { hideSecrets } from '../../src/google/secrets.ts'
import { send, TIME_LIMITS } from '../../src/google/send.ts'
import { Limiter } from '../../src/google/limiter.ts'
import { errorOf, FastClock } from './connect-to.ts'
import { json, serve, text } from './fake-server.ts'

const asked: Asked = { api: 'gtm', what: 'read the draft', effect: 'once', scope: 'tagmanager.readonly' }

/** Everything that anybody could print of an error, at any verbosity. */
function everythingOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return [
    String(error),
    stack,
    JSON.stringify(error),
    inspect(error, { depth: 20, showHidden: true, getters: true }),
  ].join('\n')
}

const secret = fc
  .stringMatching(/^[A-Za-z0-9_\-./+]{12,60}$/)
  // Words that our own messages use are no secrets.
  .filter((each) => !'https://www.googleapis.com/auth/tagmanager.edit.containerversions'.includes(each))

const status = fc.constantFrom(undefined, 400, 401, 403, 404, 409, 412, 429, 500, 503)

test('a token never shows in what becomes of a failure, wherever the failure quotes it', () => {
  fc.assert(
    fc.property(
      secret,
      status,
      fc.constantFrom('ECONNREFUSED', 'ECONNRESET', 'EPROTO'),
      (token, code, network) => {
        const echo = {
          code,
          message: `bad token ${token} in Bearer ${token}`,
          status: 'X',
          errors: [{ reason: token, message: token }],
        }
        const cause = Object.assign(new Error(`request with ${token} failed`), {
          code: network,
          config: {
            url: new URL(
              `http://user:${encodeURIComponent(token)}@127.0.0.1:1/path/${token}?access_token=${token}#${token}`,
            ),
            method: 'POST',
            headers: { authorization: `Bearer ${token}` },
            data: { client_secret: token },
          },
          ...(code === undefined
            ? {}
            : { response: { status: code, data: { error: echo }, headers: { 'set-cookie': token } } }),
        })
        const error = googleError(cause, asked, [`Bearer ${token}`, token], 0)
        expect(everythingOf(error)).not.toContain(token)
      },
    ),
    { numRuns: 500 },
  )
})

test('over the wire: a server that quotes the token back gets it hidden', async () => {
  await fc.assert(
    fc.asyncProperty(secret, fc.constantFrom(400, 401, 403, 404, 500), async (token, code) => {
      const message = `Invalid token ${token}`
      await using server = await serve(
        json({ error: { code, message, status: token, errors: [{ reason: token }] } }, code),
      )
      const clock = new FastClock()
      const { tagmanager_v2 } = await import('googleapis/build/src/apis/tagmanager/v2.js')
      const client = new tagmanager_v2.Tagmanager({ rootUrl: server.url, retry: false, responseType: 'json' })
      const authorize = await authorizer({ kind: 'access-token', token }, ['tagmanager.readonly'], {})
      const line = {
        limiter: new Limiter(clock),
        clock,
        random: () => 0,
        onWait: () => {},
        authorize,
        onRequest: () => {},
        limits: TIME_LIMITS,
        isEnded: () => false,
      }
      const call = (headers: Readonly<Record<string, string>>) =>
        client.accounts.list({ pageToken: token }, { headers })
      const error = await errorOf(send({ ...asked, call, read: () => undefined }, line))
      expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${token}`)
      expect(everythingOf(error)).not.toContain(token)
    }),
    { numRuns: 40 },
  )
})

test.each([
  ['ya29.a0AfH6SMBx-yz_1'],
  ['1//0gabcdefghijk-lmn'],
  ['GOCSPX-abcdef_123'],
  ['AIzaSyA1234567890abcdefghijklmno'],
  ['eyJhbGciOi.eyJpc3Mi.c2lnbmF0'],
  ['-----BEGIN PRIVATE KEY-----\nMIIEv\nabc\n-----END PRIVATE KEY-----'],
  ['-----BEGIN RSA PRIVATE KEY-----\ncut off'],
])('what looks like a credential is hidden though nobody knew it: %s', (credential) => {
  expect(hideSecrets(`it says ${credential} there`, [])).not.toContain(credential)
  expect(hideSecrets(`it says ${credential} there`, [])).toMatch(/^it says \[hidden\]/)
})

test.each(['access_token', 'refresh_token', 'client_secret', 'assertion'])(
  'what stands behind %s is hidden',
  (name) => {
    expect(hideSecrets(`?a=b&${name}=some-value&c=d`, [])).toBe(`?a=b&${name}=[hidden]&c=d`)
    expect(hideSecrets(`{"${name}": "some-value"}`, [])).not.toContain('some-value')
  },
)

test('ordinary words stay', () => {
  const message =
    'vendorTemplate.key: Unknown entity type (template public ID: ). Key event 1//2 of https://example.com/a'
  expect(hideSecrets(message, [])).toBe(message)
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('nothing of a credentials file shows, whatever is wrong with it or with its token server', async () => {
  const path = join(folder, 'key.json')
  const shapes = (value: string, tokenUrl: string): readonly string[] => [
    value,
    `{"private_key": "${value}", oops`,
    JSON.stringify([value]),
    JSON.stringify({ type: 'service_account', client_email: `a@${value}.example`, private_key: value }),
    JSON.stringify({ type: 'service_account', client_secret: value }),
    JSON.stringify({ type: 'authorized_user', client_secret: value, refresh_token: value }),
    JSON.stringify({ type: value, private_key: value }),
    JSON.stringify({ type: 'external_account', token_url: value, credential_source: { file: value } }),
    JSON.stringify({
      type: 'external_account',
      audience: value,
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: tokenUrl,
      client_id: value,
      client_secret: value,
      credential_source: { file: path },
    }),
  ]
  await fc.assert(
    fc.asyncProperty(secret, fc.nat(), fc.boolean(), async (value, pick, asJson) => {
      const quote = { error: 'invalid_grant', error_description: value, error_uri: value }
      await using server = await serve(asJson ? json(quote, 400) : text(`no: ${value}`, 403))
      const all = shapes(value, `${server.url}token`)
      await writeFile(path, all[pick % all.length] ?? '')
      const env = { GOOGLE_APPLICATION_CREDENTIALS: path, METADATA_SERVER_DETECTION: 'none', SECRET: value }
      const config: CredentialsConfig = { kind: 'default' }
      const error = await authorizer(config, ['tagmanager.readonly'], env).then(
        // Asking for a token would leave this machine for all but the last.
        (authorize) => (pick % all.length === all.length - 1 ? errorOf(authorize()) : undefined),
        (cause: unknown) => cause,
      )
      if (error !== undefined) expect(error).toBeInstanceOf(GoogleError)
      expect(everythingOf(error)).not.toContain(value)
    }),
    { numRuns: 100 },
  )
})
