import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { run } from '../../src/commands/run.ts'
import { newFolder } from '../git/repositories.ts'
import { outcomeOf } from '../scenarios/outcome.ts'

interface Step {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly shell?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}

const action = parse(readFileSync('action.yml', 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}
const root = process.cwd()
const { steps } = action.runs
const stepNamed = (name: string): Step => {
  const found = steps.find((step) => step.name === name)
  if (found === undefined) throw new Error(`action.yml has no step "${name}".`)
  return found
}

/** Those of GitHub's; GitLab's jobs stand beside them. */
function githubWorkflows(folder: string): string[] {
  return readdirSync(folder).filter((name) => !name.includes('gitlab'))
}

test('nothing is pasted into a script', () => {
  expect(steps.map((step) => step.run ?? '').filter((script) => script.includes('${{'))).toEqual([])
  for (const file of githubWorkflows('docs/workflows')) {
    const { jobs } = parse(readFileSync(`docs/workflows/${file}`, 'utf8')) as {
      jobs: Record<string, { steps: Step[] }>
    }
    const scripts = Object.values(jobs).flatMap((job) => job.steps.flatMap((step) => step.run ?? []))
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
  }
})

test('no key is an input', () => {
  expect(
    Object.keys(action.inputs).filter((name) => /key|token|secret|credential|password/.test(name)),
  ).toEqual([])
  expect(Object.keys(action.inputs)).not.toEqual([])
})

test('every output is one that the review writes', () => {
  const written = [
    ...readFileSync('src/commands/review.ts', 'utf8').matchAll(/^ {4}'?([a-z-]+)'?(?::|,$)/gm),
  ].map(([, name]) => name)
  for (const [name, { value }] of Object.entries(action.outputs)) {
    expect(value).toBe(`\${{ steps.review.outputs.${name} }}`)
    expect(written).toContain(name)
  }
})

test('the workflows ask for no more than they need, and none runs a stranger’s code with our rights', () => {
  for (const file of githubWorkflows('docs/workflows')) {
    const workflow = parse(readFileSync(`docs/workflows/${file}`, 'utf8')) as {
      on: object
      permissions: object
      jobs: Record<string, { permissions: Record<string, string> }>
    }
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
    expect(workflow.permissions).toEqual({})
    for (const { permissions } of Object.values(workflow.jobs))
      expect(['read', undefined]).toContain(permissions.contents)
  }
})

interface Job {
  readonly permissions: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

const workflows = ['docs/workflows', '.github/workflows'].flatMap((folder) =>
  githubWorkflows(folder).map((name) => {
    const file = `${folder}/${name}`
    return { file, jobs: (parse(readFileSync(file, 'utf8')) as { jobs: Record<string, Job> }).jobs }
  }),
)

test.each(workflows)('every action in $file is pinned to a commit', ({ jobs }) => {
  const used = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []))
  // The placeholder is what the reader puts a commit of ours in for.
  const loose = used.filter((name) => !/@([0-9a-f]{40}|COMMIT)$/.test(name))
  expect(used).not.toEqual([])
  expect(loose).toEqual([])
})

test('the release adds the bundle to the commit that the action is used from, in a job that builds nothing', () => {
  const jobs = workflows
    .filter(({ file }) => file.endsWith('release.yml'))
    .flatMap((each) => Object.values(each.jobs))
  const writing = jobs.filter(({ permissions }) => permissions['contents'] === 'write')
  const scripts = writing.flatMap(({ steps }) => steps.flatMap(({ run: script }) => script ?? []))
  expect(writing).toHaveLength(1)
  expect(scripts.join('\n')).toMatch(/git add --force dist\n[\s\S]*git push .*refs\/tags\/action-\$TAG/)
  expect(scripts.filter((script) => INSTALLS.test(script) || script.includes('${{'))).toEqual([])
})

/** What brings code into a job, or makes it there. */
const INSTALLS =
  /\b(npm|npx|pnpm|yarn|bunx?|corepack|pip3?|pipx|uvx?|gem|cargo|go|make|docker|apt-get|apt|apk|brew|curl|wget|git clone)\b/

test('nothing is installed or built in a job that holds Google’s credentials', () => {
  const holding = workflows.flatMap(({ jobs }) =>
    Object.values(jobs).filter(({ permissions }) => 'id-token' in permissions),
  )
  expect(holding).toHaveLength(4)
  for (const { steps } of holding) {
    const used = steps.flatMap(({ uses }) => (uses ?? '').split('@')[0] ?? '').filter((name) => name !== '')
    // What fetches an export reads nothing of the repository.
    expect([
      ['actions/checkout', 'google-github-actions/auth', 'OWNER/measurement-plan'],
      ['google-github-actions/auth', 'actions/upload-artifact'],
      // Nor does what publishes a page that is drawn.
      ['actions/deploy-pages'],
    ]).toContainEqual(used)
    expect(
      steps.flatMap(({ run: script }) => script ?? []).filter((script) => INSTALLS.test(script)),
    ).toEqual([])
  }
  expect(steps.flatMap(({ run: script }) => script ?? []).filter((script) => INSTALLS.test(script))).toEqual(
    [],
  )
  expect(steps.flatMap(({ uses }) => uses ?? [])).toEqual([])
  const yaml =
    /```yaml\n# .gitlab-ci.yml\n([\s\S]*?)```/.exec(readFileSync('docs/gitlab.md', 'utf8'))?.[1] ?? ''
  const gitlab = parse(yaml) as Record<string, { script?: string[]; before_script?: string[] }>
  const apply = gitlab['plan apply']
  const script = [...(gitlab['.plan']?.before_script ?? []), ...(apply?.script ?? [])]
  expect(apply).toHaveProperty('id_tokens')
  expect(script.filter((line) => INSTALLS.test(line))).toEqual([])
})

/** Runs a step's script as GitHub does, with a plan that prints its arguments. */
function runStep(
  name: string,
  env: Readonly<Record<string, string>>,
): { readonly status: number | null; readonly calls: unknown[]; readonly out: string } {
  const folder = newFolder()
  mkdirSync('action/bin', { recursive: true })
  writeFileSync('action/bin/plan.js', 'console.log(JSON.stringify(process.argv.slice(2)))')
  writeFileSync('action/package.json', '{}')
  mkdirSync('plans')
  for (const file of ['a.yaml', 'b.yaml']) writeFileSync(join('plans', file), '')
  writeFileSync('step.sh', stepNamed(name).run ?? '')
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', 'step.sh'], {
    env: { PATH: process.env['PATH'], GITHUB_ACTION_PATH: join(folder, 'action'), ...env },
    encoding: 'utf8',
  })
  const calls = stdout
    .split('\n')
    .filter((line) => line.startsWith('['))
    .map((line): unknown => JSON.parse(line))
  return { status, calls, out: stdout }
}

const REVIEW = {
  PLAN_FILES: '',
  PLAN_BASE: '',
  PLAN_PROFILE: 'recommended',
  PLAN_COMMENT: 'true',
  PLAN_NAME: 'plans',
}

test('review passes what it is given, and a hostile name stays a name', () => {
  expect(runStep('Review', REVIEW).calls).toEqual([['review', '--profile=recommended', '--name=plans', '--']])
  const hostile = [
    'plans/$(touch pwned).yaml',
    'plans/`id`; rm -rf x.yaml',
    '--base=evil',
    'plans/with  blanks "and quotes".yaml',
  ]
  const { calls } = runStep('Review', {
    ...REVIEW,
    PLAN_FILES: `${hostile.join('\n')}\n`,
    PLAN_BASE: '$(id)',
    PLAN_COMMENT: 'false',
  })
  expect(calls).toEqual([
    ['review', '--profile=recommended', '--name=plans', '--base=$(id)', '--no-comment', '--', ...hostile],
  ])
  expect(readdirSync('.')).not.toContain('pwned')
})

test('a commit without a bundle says so, and installs nothing', () => {
  expect(runStep('Look for plan', {})).toMatchObject({
    status: 1,
    out: '::error::This commit of measurement-plan carries no bundle: name the commit of a release behind the @.\n',
  })
})

test('apply carries out each plan, and asks for the environment', () => {
  const env = {
    PLAN_FILES: '',
    PLAN_ENVIRONMENT: 'production',
    PLAN_PUBLISH: 'true',
    PLAN_ALLOW_DELETE: 'false',
  }
  const start = ['apply', '--environment=production', '--auto-approve', '--publish', '--']
  // The folder: .yml, too, and without YAML that is no plan.
  expect(runStep('Apply', env).calls).toEqual([[...start, 'plans']])
  expect(runStep('Apply', { ...env, PLAN_FILES: 'plans/a.yaml\nplans/b.yaml' }).calls).toEqual([
    [...start, 'plans/a.yaml'],
    [...start, 'plans/b.yaml'],
  ])
  expect(runStep('Apply', { ...env, PLAN_ENVIRONMENT: '' })).toMatchObject({ status: 64, calls: [] })
})

test('every argument that the action passes is one that plan takes', async () => {
  for (const command of ['review', 'apply']) {
    const { out: help, err } = await outcomeOf((io) => run([command, '--help'], io))
    expect(err).toBe('')
    const script = stepNamed(command === 'review' ? 'Review' : 'Apply').run ?? ''
    const flags = [...script.matchAll(/--([a-z]+(?:-[a-z]+)*)/g)].map(([flag]) => flag)
    expect(flags.filter((flag) => !help.includes(flag))).toEqual([])
    expect(flags).not.toEqual([])
  }
})

test('the scripts are whole shell', () => {
  for (const { run: script } of steps) execFileSync('bash', ['-n'], { input: script ?? '' })
})

test('the hooks for pre-commit call commands that exist', () => {
  const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as {
    entry: string
    files: string
  }[]
  const commands = readFileSync(join(root, 'src/commands/run.ts'), 'utf8')
  for (const { entry, files } of hooks) {
    expect(commands).toContain(`.command('${entry.split(' ')[1] ?? ''}')`)
    expect('plans/overlays/shop_sa.yaml').toMatch(new RegExp(files))
  }
})
