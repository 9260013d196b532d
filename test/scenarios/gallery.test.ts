/** Tags of vendors' own templates: imported at the commit that the plan acknowledges, found again, never deleted. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { ownSandbox } from './own-sandbox.ts'
import { inNewFolder, planAnswering, type Outcome } from './run-plan.ts'

const sandbox = ownSandbox()
inNewFolder()
beforeEach(() => fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' }))

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const [ONE, TWO] = ['1'.repeat(40), '2'.repeat(40)]
const plan = (...argv: readonly string[]): Promise<Outcome> =>
  planAnswering(undefined, ...argv, 'plans/small.yaml', '--sandbox', sandbox.url)

function states(...destinations: readonly string[]): void {
  mkdirSync('plans', { recursive: true })
  const lines = destinations.map((line) => `  ${line}\n`).join('')
  writeFileSync('plans/small.yaml', `${SMALLEST}\n${lines === '' ? '' : `destinations:\n${lines}`}`)
}

const META = (commit: string): string =>
  `meta: { kind: meta, id: "1234567890", sends: goals, via: gallery, acknowledge: "${commit}" }`
const LINKEDIN = `linkedin: { kind: linkedin, id: "123456", via: gallery, acknowledge: "${ONE}" }`

interface Entity {
  readonly name: string
  readonly type: string
  readonly galleryReference?: {
    readonly repository: string
    readonly version: string
    readonly galleryTemplateId: string
  }
}
interface State {
  readonly gtm: readonly {
    readonly containers: readonly {
      readonly versions: readonly {
        readonly content: { readonly [list in 'tag' | 'customTemplate']?: readonly Entity[] }
      }[]
    }[]
  }[]
}

async function latest() {
  const { gtm } = (await (await fetch(`${sandbox.url}/_sandbox/state`)).json()) as State
  return gtm[0]?.containers[0]?.versions.at(-1)?.content ?? {}
}

async function requests(): Promise<readonly string[]> {
  const seen = (await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as {
    readonly requests: readonly { readonly method: string; readonly path: string }[]
  }
  return seen.requests.map(({ method, path }) => `${method} ${path}`)
}

test('a template is imported once, at its commit, and its tags are of its type', async () => {
  states(META(ONE), LINKEDIN)
  const diff = await plan('diff')
  expect(diff.out).toMatch(
    /Runs the code of +github\.com\/facebookarchive\/GoogleTagManager-WebTemplate-For-FacebookPixel/,
  )
  const said = Number(/takes (\d+) requests to Tag Manager/.exec(diff.out)?.[1])
  const before = (await requests()).length
  const apply = await plan('apply', '--auto-approve')
  expect({ exitCode: apply.exitCode, err: apply.err }).toMatchObject({ exitCode: 0 })
  const sent = (await requests()).slice(before)
  expect(sent.filter((each) => each.includes('import_from_gallery'))).toHaveLength(2)
  expect(sent.filter((each) => each.includes('/tagmanager/'))).toHaveLength(said)
  const { tag = [], customTemplate = [] } = await latest()
  const meta = customTemplate.find(({ galleryReference }) =>
    galleryReference?.repository.startsWith('Google'),
  )
  expect(meta?.galleryReference?.version).toBe(ONE)
  expect(
    tag.filter(({ type }) => type === `cvt_${meta?.galleryReference?.galleryTemplateId ?? ''}`),
  ).toHaveLength(2)
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)

  // The tags go; what somebody else may use by now stays.
  states()
  const removal = await plan('apply', '--auto-approve', '--allow-delete', '--force')
  expect({ exitCode: removal.exitCode, err: removal.err }).toMatchObject({ exitCode: 0 })
  const after = await latest()
  expect(after.customTemplate?.length).toBe(2)
  expect(after.tag?.some(({ type }) => type.startsWith('cvt_'))).toBe(false)
})

test('another commit than the container has is refused before anything is written', async () => {
  states(META(ONE))
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  states(META(TWO))
  const { exitCode, out, err } = await plan('apply', '--auto-approve')
  expect(exitCode).not.toBe(0)
  expect(out + err).toContain('template-is-another-version')
})

/** Somebody opens a workspace of their own in Tag Manager, and does something to the one template that is there, and makes a version. */
async function byHand(act: (workspace: string, template: Template) => Promise<unknown>): Promise<void> {
  const { account = [] } = (await google('/tagmanager/v2/accounts')) as {
    account?: readonly { path: string }[]
  }
  const { container = [] } = (await google(`/tagmanager/v2/${account[0]?.path ?? ''}/containers`)) as {
    container?: readonly { path: string }[]
  }
  const { path } = (await google(`/tagmanager/v2/${container[0]?.path ?? ''}/workspaces`, 'POST', {
    name: 'By hand',
  })) as { path: string }
  const { template = [] } = (await google(`/tagmanager/v2/${path}/templates`)) as {
    template?: readonly Template[]
  }
  if (template[0] === undefined) throw new Error('There is a template by now.')
  await act(path, template[0])
  await google(`/tagmanager/v2/${path}:create_version`, 'POST', { name: 'By hand' })
}

interface Template {
  readonly templateId: string
  readonly templateData: string
}

async function google(path: string, method = 'GET', body?: object): Promise<unknown> {
  const answer = await fetch(sandbox.url + path, {
    method,
    headers: { authorization: 'Bearer somebody', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(answer.status).toBe(200)
  return answer.json()
}

test('code that somebody edited in the container is refused, and nothing is written over it', async () => {
  states(META(ONE))
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  await byHand((workspace, { templateId, ...rest }) =>
    google(`/tagmanager/v2/${workspace}/templates/${templateId}`, 'PUT', {
      ...rest,
      templateData: `${rest.templateData}\n// other code`,
    }),
  )
  for (const command of [['diff'], ['apply', '--auto-approve']]) {
    const { exitCode, out, err } = await plan(...command)
    expect(exitCode).toBe(1)
    expect(out + err).toMatch(/template-is-another-version[\s\S]*with code that somebody edited there/)
  }
})

test('after an apply that got no further than its imports the next one makes each template once', async () => {
  states(META(ONE), LINKEDIN)
  await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify({ faults: [{ method: 'POST', path: 'bulk_update', status: 403 }] }),
  })
  expect((await plan('apply', '--auto-approve')).exitCode).not.toBe(0)
  await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ faults: [] }) })
  const again = await plan('apply', '--auto-approve')
  expect({ exitCode: again.exitCode, err: again.err }).toMatchObject({ exitCode: 0 })
  expect((await latest()).customTemplate?.length).toBe(2)
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)
})

test('another plan in the container uses the template that is there', async () => {
  states(META(ONE))
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  const others = readFileSync('plans/small.yaml', 'utf8')
    .replace(
      /^plan: .*$/m,
      'plan: others\nnaming: { tag: "{plan} {kind} - {event}", trigger: "{plan} {kind} - {id}" }',
    )
    .replace('event: purchase', 'event: refund')
    .replace('event: generate_lead', 'event: enquiry')
    .replace('"1234567890"', '"9876543210"')
  writeFileSync('plans/small.yaml', others)
  const before = (await requests()).length
  const apply = await plan('apply', '--auto-approve')
  expect({ exitCode: apply.exitCode, err: apply.err }).toMatchObject({ exitCode: 0 })
  expect(apply.out).toMatch(/Uses what is there: [\s\S]*template Google/)
  expect((await requests()).slice(before).filter((each) => each.includes('import_from_gallery'))).toEqual([])
  expect((await latest()).customTemplate?.length).toBe(1)
})

test('a tag of the same template that the plan takes in as it is stands beside its own', async () => {
  states(META(ONE))
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  const { customTemplate = [] } = await latest()
  const code = customTemplate[0]?.galleryReference?.galleryTemplateId ?? ''
  mkdirSync('gtm', { recursive: true })
  const tag = {
    name: 'Another pixel',
    type: `cvt_${code}`,
    firingTriggerId: ['2147479553'],
    tagFiringOption: 'ONCE_PER_EVENT',
  }
  writeFileSync(
    'gtm/pixel.json',
    JSON.stringify({ exportFormatVersion: 2, containerVersion: { tag: [tag], customTemplate } }),
  )
  writeFileSync(
    'plans/small.yaml',
    `${readFileSync('plans/small.yaml', 'utf8')}entities: [../gtm/pixel.json]\n`,
  )
  const apply = await plan('apply', '--auto-approve')
  expect({ exitCode: apply.exitCode, err: apply.err }).toMatchObject({ exitCode: 0 })
  expect((await latest()).customTemplate?.length).toBe(1)
  expect((await latest()).tag?.filter(({ type }) => type === `cvt_${code}`)).toHaveLength(3)
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)
})
