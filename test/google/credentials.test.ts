import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../src/google/connection.ts'
import { authorizer, credentialsFromEnv } from '../../src/google/credentials.ts'
import { errorOf, FastClock } from './connect-to.ts'
import { drop, json, serve, type FakeServer } from './fake-server.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-'))
})
afterAll(() => rm(folder, { recursive: true }))

const NOT_IN_THE_CLOUD = { METADATA_SERVER_DETECTION: 'none' }

async function keyFile(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** What a workload identity's configuration looks like, with a token server of our own. */
async function workloadIdentity(server: FakeServer, more: object = {}): Promise<object> {
  return {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/forge',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${server.url}token`,
    credential_source: { file: await keyFile('subject-token', 'the-forge-says-who-i-am') },
    ...more,
  }
}

const TOKEN = { access_token: 'ya29.first', expires_in: 3600, token_type: 'Bearer', issued_token_type: 'x' }

test('the environment says which credentials, in the words that Terraform uses', () => {
  expect(credentialsFromEnv({})).toEqual({ kind: 'default' })
  expect(credentialsFromEnv({ GOOGLE_OAUTH_ACCESS_TOKEN: 'abc\n' })).toEqual({
    kind: 'access-token',
    token: 'abc',
  })
  expect(credentialsFromEnv({ GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: 'a@b.example' })).toEqual({
    kind: 'default',
    impersonate: 'a@b.example',
  })
})

test('workload identity: the token is asked for with our scopes, and kept while it is good', async () => {
  await using server = await serve(json(TOKEN))
  const path = await keyFile('identity.json', await workloadIdentity(server))
  const env = { GOOGLE_APPLICATION_CREDENTIALS: path, GOOGLE_CLOUD_QUOTA_PROJECT: 'shop' }
  const authorize = await authorizer({ kind: 'default' }, ['tagmanager.readonly', 'analytics.readonly'], env)
  expect(server.seen).toEqual([])
  expect(await authorize()).toEqual({ authorization: 'Bearer ya29.first', 'x-goog-user-project': 'shop' })
  await authorize()
  expect(server.seen.map(({ body }) => body)).toMatchObject([
    {
      subject_token: 'the-forge-says-who-i-am',
      scope:
        'https://www.googleapis.com/auth/tagmanager.readonly https://www.googleapis.com/auth/analytics.readonly',
    },
  ])
})

test('a workload identity that acts as a service account gets that account’s token', async () => {
  await using server = await serve(
    json(TOKEN),
    json({ accessToken: 'ya29.second', expireTime: '2099-01-01T00:00:00Z' }),
  )
  const as = `${server.url}v1/projects/-/serviceAccounts/plan@shop.example:generateAccessToken`
  const path = await keyFile(
    'acting.json',
    await workloadIdentity(server, { service_account_impersonation_url: as }),
  )
  const authorize = await authorizer({ kind: 'key-file', path }, ['tagmanager.publish'], {})
  expect(await authorize()).toMatchObject({ authorization: 'Bearer ya29.second' })
  expect(server.seen[1]?.headers.authorization).toBe('Bearer ya29.first')
  expect(server.seen[1]?.body).toMatchObject({
    scope: ['https://www.googleapis.com/auth/tagmanager.publish'],
  })
})

test('what gcloud’s sign-in has left is found, in its own folder or the home folder', async () => {
  await using server = await serve(json(TOKEN))
  const identity = await workloadIdentity(server)
  await keyFile('sdk/application_default_credentials.json', identity)
  await keyFile('home/.config/gcloud/application_default_credentials.json', identity)
  for (const env of [{ CLOUDSDK_CONFIG: join(folder, 'sdk') }, { HOME: join(folder, 'home') }]) {
    const authorize = await authorizer({ kind: 'default' }, [], { ...NOT_IN_THE_CLOUD, ...env })
    expect(await authorize()).toMatchObject({ authorization: 'Bearer ya29.first' })
  }
})

test.each([
  ['a service account', { type: 'service_account', client_email: 'a@b.example', private_key: 'k' }],
  ['a user', { type: 'authorized_user', client_id: 'i', client_secret: 's', refresh_token: 'r' }],
])('the key file of %s is taken, and nobody is asked yet', async (_name, content) => {
  const path = await keyFile('taken.json', content)
  for (const config of [
    { kind: 'key-file', path },
    { kind: 'key-file', path, impersonate: 'a@b.example' },
  ] as const)
    expect(await authorizer(config, ['tagmanager.readonly'], {})).toBeTypeOf('function')
})

test.each([
  ['no credentials at all', {}, /No Google credentials were found/],
  [
    'a file that is not there',
    { GOOGLE_APPLICATION_CREDENTIALS: '/no/such/key.json' },
    /\/no\/such\/key\.json cannot be read/,
  ],
])('%s: which way out', async (_name, env, message) => {
  const options = { scopes: [], env: { ...NOT_IN_THE_CLOUD, HOME: '/no/home', ...env } }
  const error = await errorOf(
    connect({ ...options, credentials: { kind: 'default' }, clock: new FastClock(), random: () => 0 }),
  )
  expect(error).toMatchObject({ code: 'no-credentials', maybeApplied: false })
  expect(error.message).toMatch(message)
  expect(error.fix).toMatch(
    /gcloud auth application-default login.*GOOGLE_APPLICATION_CREDENTIALS.*--sandbox/s,
  )
})

test.each([
  ['not JSON', 'private_key: abc'],
  ['not an object', []],
  ['of no known kind', { type: 'service_account' }],
  ['half a workload identity', { type: 'external_account' }],
])('a credentials file that is %s is refused', async (_name, content) => {
  const path = await keyFile('wrong.json', content)
  expect(await errorOf(authorizer({ kind: 'key-file', path }, [], {}))).toMatchObject({
    code: 'no-credentials',
  })
})

test('what is wrong on this machine is not laid at the network’s door', async () => {
  const key = { type: 'service_account', client_email: 'a@b.example', private_key: 'cut off' }
  const federated = {
    type: 'external_account',
    audience: '//iam.googleapis.com/x',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'http://127.0.0.1:9/token',
    credential_source: { file: '/no/such/token' },
  }
  for (const [content, message] of [
    [key, /The private key in the credentials file is none/],
    [federated, /"credential_source" cannot be read \(ENOENT\)/],
  ] as const) {
    const path = await keyFile('own-fault.json', content)
    const error = await errorOf((await authorizer({ kind: 'key-file', path }, ['tagmanager.readonly'], {}))())
    expect(error.code).toBe('no-credentials')
    expect(error.message).toMatch(message)
  }
})

test.each([' ', 'two words', 'line\nbreak', 'ünicode'])(
  'an access token like %j is refused before it is sent',
  async (token) => {
    expect(await errorOf(authorizer({ kind: 'access-token', token }, [], {}))).toMatchObject({
      code: 'no-credentials',
    })
  },
)

test('a sign-in that has run out says so', async () => {
  await using server = await serve(json({ error: 'invalid_grant', error_description: 'x' }, 400))
  const path = await keyFile('stale.json', await workloadIdentity(server))
  const error = await errorOf((await authorizer({ kind: 'key-file', path }, [], {}))())
  expect(error).toMatchObject({ code: 'credentials-refused', status: 400, reason: 'invalid_grant' })
  expect(error.message).toMatch(/expired or was withdrawn/)
})

test('a token server that cannot be reached is not a refusal', async () => {
  await using server = await serve(drop)
  const path = await keyFile('unreachable.json', await workloadIdentity(server))
  const authorize = await authorizer({ kind: 'key-file', path }, [], {})
  await server[Symbol.asyncDispose]()
  const error = await errorOf(authorize())
  expect(error).toMatchObject({ code: 'unreachable', maybeApplied: false })
  expect(error.message).toContain(server.url.slice(0, -1))
})
