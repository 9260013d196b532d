import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { commit, edit, git, newFolder, newRepository, planWith, write } from '../git/repositories.ts'
import type { Outcome } from '../scenarios/run-plan.ts'
import { startGithub, type FakeGithub, type Rights } from './server.ts'

const servers: FakeGithub[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

interface Job {
  readonly server: FakeGithub
  readonly run: (...argv: readonly string[]) => Promise<Outcome>
  readonly summary: () => string
  readonly outputs: () => Readonly<Record<string, string>>
}

/** A job of GitHub Actions on a pull request whose merge commit is checked out. */
async function job(
  rights: Rights & { readonly fork?: boolean; readonly token?: string },
  change: () => void,
): Promise<Job> {
  newRepository()
  const base = git('rev-parse', 'main')
  git('switch', '--quiet', '--create', 'feature')
  change()
  const head = commit('The change')
  git('switch', '--quiet', '--detach', 'main')
  git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'feature')
  const server = await startGithub(rights)
  servers.push(server)
  mkdirSync('.job')
  writeFileSync('.git/info/exclude', '.job\n')
  const file = (name: string): string => join(process.cwd(), '.job', name)
  const from = rights.fork === true ? 'mallory/measurement' : 'harbour/measurement'
  writeFileSync(
    file('event.json'),
    JSON.stringify({
      repository: { full_name: 'harbour/measurement' },
      pull_request: {
        number: 7,
        base: { sha: base, ref: 'main' },
        head: { sha: head, repo: { full_name: from } },
      },
    }),
  )
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: server.url,
    GITHUB_TOKEN: rights.token ?? 'ghs_secret',
    GITHUB_EVENT_PATH: file('event.json'),
    GITHUB_STEP_SUMMARY: file('summary.md'),
    GITHUB_OUTPUT: file('outputs'),
  }
  return {
    server,
    run: (...argv) => planWith(env, 'review', ...argv),
    summary: () => readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'),
    outputs: () =>
      Object.fromEntries(
        [...readFileSync(env.GITHUB_OUTPUT, 'utf8').matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(
          ([, name, , value]) => [name, value],
        ),
      ) as Record<string, string>,
  }
}

const raise = (): void => edit('plans/shop.yaml', 'rate: 8%, of: sessions', 'rate: 10%, of: sessions')

test('says it in the log, the comment, the summary and the outputs', async () => {
  const { server, run, summary, outputs } = await job({}, raise)
  const { exitCode, out, err } = await run()
  expect([exitCode, err]).toEqual([0, ''])
  expect(out).toContain('Target: 8% of sessions → 10% of sessions')
  expect(server.comments).toHaveLength(1)
  expect(server.comments[0]?.body).toMatch(
    /^<!-- measurement-plan review: plans -->\n## ✏️ 1 change in the plan/,
  )
  expect(summary()).toContain('| `8% of sessions` | `10% of sessions` |')
  expect(outputs()).toEqual({
    'has-changes': 'true',
    verdict: 'changes',
    'plan-changes': '1',
    creates: '0',
    updates: '3',
    renames: '0',
    deletes: '0',
    errors: '0',
    'new-warnings': '0',
    comment: 'created',
  })
})

test('a second run edits the comment', async () => {
  const { server, run, outputs } = await job({}, raise)
  await run()
  edit('plans/shop.yaml', 'rate: 10%, of: sessions', 'rate: 12%, of: sessions')
  await run()
  expect(server.comments).toHaveLength(1)
  expect(server.comments[0]?.body).toContain('12% of sessions')
  expect(outputs().comment).toBe('updated')
})

test('a pull request that leaves the plans alone gets no comment', async () => {
  const { server, run, outputs } = await job({}, () => write({ 'README.md': 'Hello\n' }))
  expect((await run()).exitCode).toBe(0)
  expect(server.comments).toEqual([])
  expect(outputs()).toMatchObject({ 'has-changes': 'false', verdict: 'none', comment: 'not needed' })
})

test('errors are annotated at their place and fail the job; the comment says so', async () => {
  const { server, run } = await job({}, () =>
    edit('plans/shop.yaml', 'feeds: [purchase]', 'feeds: [purchse]'),
  )
  const { exitCode, out } = await run()
  expect(exitCode).toBe(1)
  expect(out).toMatch(
    /^::error file=plans\/shop\.yaml,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=feeds-name-goals::/m,
  )
  expect(server.comments[0]?.body).toContain('## ❌ 1 error in plans/shop.yaml')
})

test('standing warnings are not annotated again', async () => {
  const { run } = await job({}, raise)
  expect((await run()).out).not.toContain('::warning')
})

test('annotations name files as the repository does, wherever the command runs', async () => {
  const { run } = await job({}, () => edit('plans/shop.yaml', 'feeds: [purchase]', 'feeds: [purchse]'))
  process.chdir('plans')
  expect((await run('shop.yaml')).out).toContain('::error file=plans/shop.yaml,')
})

test('a title cannot give the runner a command', async () => {
  const { run } = await job({}, () =>
    edit('plans/shop.yaml', /title: Harbour Outfitters.*/, 'title: "::add-mask::e"'),
  )
  const { out } = await run()
  const token = /^::stop-commands::(\S+)\n/.exec(out)?.[1] ?? ''
  expect(token).toMatch(/^[0-9a-f-]{36}$/)
  const [quiet = '', rest = ''] = out.split(`\n::${token}::\n`)
  expect(quiet).toContain('::add-mask::e')
  expect(rest).not.toContain('add-mask')
})

test('from a fork: no right to write, so the summary says it and the job goes on', async () => {
  const { server, run, summary, outputs } = await job({ write: false, fork: true }, raise)
  const { exitCode, err } = await run()
  expect(exitCode).toBe(0)
  expect(err).toContain('it comes from a fork')
  expect(server.comments).toEqual([])
  expect(summary()).toContain('There is no comment on the pull request: it comes from a fork')
  expect(outputs().comment).toBe('refused')
})

test('a job without the right is told which one it needs', async () => {
  const { run } = await job({ write: false }, raise)
  expect((await run()).err).toContain('Give the job `permissions: pull-requests: write`.')
})

test('without a token the review is in the summary', async () => {
  const { server, run, summary } = await job({ token: '' }, raise)
  expect((await run()).exitCode).toBe(0)
  expect(server.seen).toEqual([])
  expect(summary()).toContain('has no GITHUB_TOKEN')
})

test('when GitHub finds the comment too long, a shorter one is written', async () => {
  const long = (): void =>
    edit('plans/shop.yaml', /(title: [^\n]{4,})/g, `$1 ${'and more '.repeat(8).trim()}`)
  const { server, run } = await job({ longest: 40_000 }, long)
  await run()
  expect(server.comments).toHaveLength(1)
  const { run: again, server: small } = await job({ longest: 10 }, long)
  expect((await again()).err).toContain('There is no comment on the pull request: GitHub refused the comment')
  expect(small.comments).toEqual([])
})

test('with --no-comment GitHub is not asked', async () => {
  const { server, run } = await job({}, raise)
  await run('--no-comment')
  expect(server.seen).toEqual([])
})

test('what happened on the base since does not show, whichever commit is checked out', async () => {
  const { run, server } = await job({}, raise)
  git('switch', '--quiet', 'main')
  edit('plans/shop.yaml', 'value: 95', 'value: 99')
  commit('Theirs')
  git('switch', '--quiet', 'feature')
  await run()
  expect(server.comments[0]?.body).toContain('1 change in the plan')
})

test('a shallow checkout fails with the line that puts it right', async () => {
  const { run } = await job({}, raise)
  const origin = process.cwd()
  const clone = newFolder()
  git('clone', '--quiet', '--depth=1', `file://${origin}`, `${clone}/shop`)
  process.chdir(`${clone}/shop`)
  const { exitCode, err } = await run()
  expect(exitCode).toBe(1)
  expect(err).toContain('`fetch-depth: 0` of actions/checkout')
})

test('elsewhere than on GitHub it needs a base, and prints', async () => {
  newRepository()
  raise()
  expect(await planWith({}, 'review')).toMatchObject({ exitCode: 64, out: '' })
  const { exitCode, out } = await planWith({}, 'review', '--base', 'main')
  expect([exitCode, out.includes('::')]).toEqual([0, false])
  expect(existsSync('.job')).toBe(false)
})
