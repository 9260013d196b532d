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
