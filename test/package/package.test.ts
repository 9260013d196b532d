/**
 * The packed product in an empty folder. Takes over ten seconds, because it bundles, packs, installs, and starts a
 * process for every command: that is what it is about.
 */
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGoogle, type Google } from './google-behind-proxy.ts'
import { install, runIn, type Ended, type Installed } from './installed.ts'

let installed: Installed
beforeAll(() => {
  installed = install()
  cpSync('plans', join(installed.folder, 'plans'), { recursive: true })
}, 180_000)
afterAll(() => installed[Symbol.asyncDispose]())

/** As in the README: `npx measurement-plan ...`, less npx's own start. */
function plan(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runIn(installed.folder, join(installed.folder, 'node_modules/.bin/measurement-plan'), argv, env)
}

const MIB = 1024 * 1024

test('the package is small, brings nothing along and runs nothing when it is installed', () => {
  const { packed, folder } = installed
  expect(packed.size).toBeLessThan(MIB)
  expect(packed.unpackedSize).toBeLessThan(4 * MIB)
  const manifest = JSON.parse(
    readFileSync(join(folder, 'node_modules/measurement-plan/package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>
  expect(manifest['dependencies']).toBeUndefined()
  expect(Object.keys(manifest['scripts'] ?? {}).filter((name) => /install|prepare/.test(name))).toEqual([])
  expect(Object.keys(manifest['peerDependenciesMeta'] ?? {})).toEqual(
    Object.keys(manifest['peerDependencies'] ?? {}),
  )
  expect(manifest).toMatchObject({ exports: {}, repository: {}, bugs: {} })
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as { packages: object }
  expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/measurement-plan'])
})

test('what is run byte by byte is plain ASCII', () => {
  const dist = join(installed.folder, 'node_modules/measurement-plan/dist')
  for (const file of readdirSync(dist).filter((name) => name.endsWith('.cjs')))
    expect(/[^\0-\x7f].{0,40}/.exec(readFileSync(join(dist, file), 'utf8'))?.[0], file).toBeUndefined()
})

test('the notices of what is bundled are in it', () => {
  const notices = readFileSync(
    join(installed.folder, 'node_modules/measurement-plan/dist/NOTICES.txt'),
    'utf8',
  )
  for (const name of ['yaml', 'commander', 'handlebars', 'googleapis', 'google-auth-library', 'node-fetch'])
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'))
  expect(notices).not.toMatch(/^(esbuild|vitest|typescript) \d/m)
})

test('plan and measurement-plan are the same, also through npx', async () => {
  const { out } = await plan(['--version'])
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
  for (const name of ['plan', 'measurement-plan'])
    expect(await runIn(installed.folder, 'npx', ['--no', '--', name, '--version'])).toMatchObject({
      code: 0,
      out,
    })
})

test('a Playwright test in TypeScript finds the exported function and its types', async () => {
  const { folder } = installed
  symlinkSync(
    join(process.cwd(), 'node_modules/playwright-core'),
    join(folder, 'node_modules/playwright-core'),
  )
  const file = join(folder, 'shop.ts')
  writeFileSync(
    file,
    `import type { Page } from 'playwright-core'
import { expectPlan } from 'measurement-plan/playwright'
export async function joins(page: Page): Promise<number> {
  const plan = await expectPlan(page, 'plans/outfitters.yaml', { environment: 'staging', timeout: 1000 })
  await plan.toFire('club_joined', { method: 'email', value: 3, coupon: null })
  await plan.toStaySilent(5)
  return plan.hits().filter(({ event }) => event === 'sign_up').length
}
`,
  )
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    noEmit: true,
    types: [],
  })
  const ours = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName === file || fileName.includes('/measurement-plan/'))
  expect(ours.length).toBeGreaterThan(3)
  const wrong = ours.flatMap((source) =>
    program.getSemanticDiagnostics(source).map(({ code, start = 0 }) => {
      const { line } = source.getLineAndCharacterOfPosition(start)
      return `${basename(source.fileName)}:${line + 1} ${code}`
    }),
  )
  expect(wrong).toEqual(['shop.ts:6 2345'])
  const imported = await runIn(folder, process.execPath, [
    '--input-type=module',
    '-e',
    `import { expectPlan } from 'measurement-plan/playwright'; console.log(typeof expectPlan)`,
  ])
  expect(imported).toMatchObject({ code: 0, out: 'function\n', err: '' })
})

test('the users’ own tests hold pushes against the plan by the exported function', async () => {
  const { folder } = installed
  const script = `import { planPushes } from 'measurement-plan/pushes'
const findingsIn = await planPushes('plans/outfitters.yaml', { environment: 'staging' })
const ecommerce = { currency: 'AED', value: 3, transaction_id: 'T-1', items: [{ item_id: 'SKU-1' }] }
console.log(findingsIn({ event: 'purchase', ecommerce }).length)
console.log(findingsIn({ event: 'purchase', ecommerce: { ...ecommerce, value: '3' } }).map(({ key }) => key).join())`
  const argv = ['--input-type=module', '-e', script]
  expect(await runIn(folder, process.execPath, argv)).toMatchObject({
    code: 0,
    out: '0\necommerce.value\n',
    err: '',
  })
})

const readme = readFileSync('README.md', 'utf8')

test('every command of the README’s table explains itself in the installed package', async () => {
  const rows = readme.split('\n').filter((line) => line.startsWith('| `plan '))
  const names = rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`plan ([a-z-]+)/g)].flatMap((match) => match[1] ?? []),
  )
  expect(names.length).toBeGreaterThan(10)
  const helps = await Promise.all(names.map((name) => plan([name, '--help'])))
  expect(helps.filter(({ code, out }) => code !== 0 || !out.startsWith('Usage: plan '))).toEqual([])
})

// What each command of the README does, run on the example plans in the order in which a reader would.
test.each([
  [['init', 'plans/first.yaml'], 0],
  [['validate', 'plans/first.yaml'], 0],
  [['validate', 'plans/outfitters.yaml'], 0],
  [['explain', 'unknown-field'], 0],
  [['explain', 'micro.target'], 0],
  [['fmt', '--check', 'plans/outfitters.yaml'], 0],
  [['catalogue', 'newsletter'], 0],
  [['compile', 'plans/outfitters.yaml', '-e', 'staging', '--format', 'gtm', '--out', 'container.json'], 0],
  [['diff', 'plans/outfitters.yaml', '--sandbox', '--detailed-exitcode'], 2],
  [['apply', 'plans/outfitters.yaml', '--sandbox', '--auto-approve'], 0],
  [['diff', 'plans/outfitters.yaml', '--sandbox', '--detailed-exitcode'], 0],
  [['diff', 'plans/outfitters.yaml', '-e', 'staging', '--against', 'container.json'], 0],
  [['versions', 'plans/outfitters.yaml', '--sandbox'], 0],
  [['doctor', 'plans/outfitters.yaml', '--sandbox'], 0],
  [['test', 'plans/outfitters.yaml', '-e', 'staging', '--level', 'logic'], 0],
  [['import', '--from', 'container.json', '--check'], 0],
  [['unmanaged', 'plans/outfitters.yaml', '--sandbox'], 0],
  [['show', 'newsletter_signup', '--plan', 'plans/outfitters.yaml'], 0],
  [['docs', 'plans/outfitters.yaml'], 0],
  [['types', 'plans/outfitters.yaml'], 0],
  [['export', 'plans/outfitters.yaml', '--out', 'sheet.csv'], 0],
  [['merge', 'sheet.csv', 'plans/outfitters.yaml'], 0],
  // What reads and writes .xlsx is not installed here, and that is said.
  [['export', 'plans/outfitters.yaml', '--out', 'sheet.xlsx'], 1],
  [['completion', 'bash'], 0],
] as const)('plan %j exits with %d', async (argv, code) => {
  const ended = await plan(argv)
  expect(ended.err).not.toMatch(/This is a bug|Warning/)
  expect({ ...ended, code: ended.code }).toMatchObject({ code })
})

test('where npx keeps the package apart, what is installed in the user’s folder is found', async () => {
  const [apart, user] = ['apart', 'user'].map((name) => join(installed.folder, '..', name)) as [
    string,
    string,
  ]
  cpSync(join(installed.folder, 'node_modules/measurement-plan'), apart, { recursive: true })
  cpSync('plans', join(user, 'plans'), { recursive: true })
  mkdirSync(join(user, 'node_modules'))
  symlinkSync(join(process.cwd(), 'node_modules/hucre'), join(user, 'node_modules/hucre'))
  const argv = [join(apart, 'bin/plan.js'), 'export', 'plans/outfitters.yaml', '--out', 'sheet.xlsx']
  expect(await runIn(user, process.execPath, argv)).toMatchObject({ code: 0, out: '' })
})

test('validate is kept compiled in the user’s cache, and a damaged or unwritable one does no harm', async () => {
  const folder = join(installed.folder, '.cache/measurement-plan')
  const first = await plan(['validate', 'plans/outfitters.yaml'])
  const [name = ''] = readdirSync(folder).filter((each) => each.endsWith('.v8'))
  expect(await plan(['validate', 'plans/outfitters.yaml'])).toEqual(first)
  writeFileSync(join(folder, name), 'damaged')
  expect(await plan(['validate', 'plans/outfitters.yaml'])).toEqual(first)
  const help = await plan(['validate', '--help'])
  expect(help.out).toMatch(/^Usage: plan validate/)
  expect(await plan(['validate', 'plans/outfitters.yaml'], { XDG_CACHE_HOME: '/dev/null' })).toEqual(first)
})

const PATHS = { gtm: { account: '6001', container: 'GTM-STAGE01' }, property: '345000001' }
const openssl = spawnSync('openssl', ['version']).status === 0

function key(name: string, content: object): Readonly<Record<string, string>> {
  const path = join(installed.folder, `${name}.json`)
  writeFileSync(path, JSON.stringify(content))
  return { GOOGLE_APPLICATION_CREDENTIALS: path }
}

const USER = { type: 'authorized_user', client_id: 'i', client_secret: 's', refresh_token: 'r' }
const PLAN_ACCOUNT = 'plan@shop.iam.gserviceaccount.com'
const actingAs = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${PLAN_ACCOUNT}:generateAccessToken`
const serviceAccount = (): object => ({
  type: 'service_account',
  client_email: PLAN_ACCOUNT,
  private_key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }),
})
const workload = (more: object = {}): object => {
  const file = join(installed.folder, 'subject-token')
  writeFileSync(file, 'the-forge-says-who-i-am')
  return {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/forge',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: { file },
    ...more,
  }
}
const OAUTH = 'oauth2.googleapis.com/token'
const STS = 'sts.googleapis.com/v1/token'
const ACTING = actingAs.slice('https://'.length)

const KINDS: readonly {
  readonly kind: string
  readonly env: (google: Google) => Readonly<Record<string, string>>
  readonly asked: readonly (string | RegExp)[]
  readonly token: string
}[] = [
  {
    kind: 'an access token',
    env: () => ({ GOOGLE_OAUTH_ACCESS_TOKEN: 'ya29.mine' }),
    asked: [],
    token: 'ya29.mine',
  },
  {
    kind: 'a service account’s key',
    env: () => key('sa', serviceAccount()),
    asked: [OAUTH],
    token: 'ya29.given',
  },
  { kind: 'a user', env: () => key('user', USER), asked: [OAUTH], token: 'ya29.given' },
  {
    kind: 'a user’s sign-in where gcloud leaves it',
    env: () => {
      key('application_default_credentials', USER)
      return { CLOUDSDK_CONFIG: installed.folder }
    },
    asked: [OAUTH],
    token: 'ya29.given',
  },
  { kind: 'workload identity', env: () => key('wif', workload()), asked: [STS], token: 'ya29.given' },
  {
    kind: 'workload identity that acts as a service account',
    env: () => key('wif-sa', workload({ service_account_impersonation_url: actingAs })),
    asked: [STS, ACTING],
    token: 'ya29.acting',
  },
  {
    kind: 'impersonation named in the environment',
    env: () => ({ ...key('user', USER), GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: PLAN_ACCOUNT }),
    asked: [OAUTH, ACTING],
    token: 'ya29.acting',
  },
  {
    kind: 'impersonation as gcloud writes it',
    env: () =>
      key('impersonated', {
        type: 'impersonated_service_account',
        service_account_impersonation_url: actingAs,
        source_credentials: USER,
      }),
    asked: [OAUTH, ACTING],
    token: 'ya29.acting',
  },
  {
    kind: 'the machine’s own account',
    env: ({ host }) => ({ GCE_METADATA_HOST: host }),
    asked: [/computeMetadata\/v1\/instance$/, /service-accounts\/default\/token$/],
    token: 'ya29.given',
  },
]

test.runIf(openssl).each(KINDS)(
  '$kind reaches Google from the bundle',
  async ({ kind, env, asked, token }) => {
    await using google = await startGoogle()
    await google.ensure({ ...PATHS.gtm, property: PATHS.property, measurementId: 'G-STAGE00001' })
    const ended = await plan(['doctor', 'plans/outfitters.yaml', '-e', 'staging'], {
      ...google.env,
      // Otherwise one kind would wait for the quota that another has used.
      XDG_CACHE_HOME: join(installed.folder, 'cache', kind),
      ...env(google),
    })
    expect(ended.err).not.toMatch(/Warning|bug/)
    expect(ended.out).toMatch(/✓ Tag Manager +The server answers/)
    // What is to be set by hand has marks of its own below.
    expect(ended.out.split('Limits')[0]).not.toMatch(/✗/)
    expect(ended.code).toBe(0)
    const places = [...new Set(google.tokens.map(({ at }) => at))]
    expect(places).toHaveLength(asked.length)
    for (const [index, place] of asked.entries()) {
      if (typeof place === 'string') expect(places[index]).toBe(place)
      else expect(places[index]).toMatch(place)
    }
    expect(new Set(google.authorizations)).toEqual(new Set([`Bearer ${token}`]))
  },
)
