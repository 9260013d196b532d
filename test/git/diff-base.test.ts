import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Review } from '../../src/review/review.ts'
import { commit, edit, git, newFolder, newRepository, plan, planWith, SHOP, write } from './repositories.ts'

async function review(...argv: readonly string[]): Promise<Review> {
  const { out, err } = await plan('diff', ...argv, '--format', 'json')
  if (out === '') throw new Error(err)
  return JSON.parse(out) as Review
}

test('the working tree against a revision, in text, with exit code 2 when asked', async () => {
  newRepository()
  expect(await plan('diff', '--base', 'main', '--detailed-exitcode')).toEqual({
    exitCode: 0,
    out: 'The plan does not change. (compared with main)\n',
    err: '',
  })
  edit('plans/shop.yaml', 'rate: 8%, of: sessions', 'rate: 10%, of: sessions')
  const { exitCode, out } = await plan('diff', 'plans/shop.yaml', '--base', 'main', '--detailed-exitcode')
  expect(exitCode).toBe(2)
  expect(out).toContain('Target: 8% of sessions → 10% of sessions')
  expect((await plan('diff', '--base', 'main')).exitCode).toBe(0)
})

test('other YAML in plans/ is no plan, neither now nor then; what was a plan stays one', async () => {
  newRepository()
  write({ 'plans/compose.yml': 'services: { shop: { image: shop } }\n' })
  commit('A stranger')
  for (const base of ['main', 'HEAD~1']) {
    const { exitCode, err } = await plan('diff', '--base', base, '--detailed-exitcode')
    expect(exitCode).toBe(0)
    expect(err).toContain('plans/compose.yml is no plan and was left out')
  }
  rmSync('plans/compose.yml')
  expect((await plan('diff', '--base', 'main', '--detailed-exitcode')).exitCode).toBe(0)
  write({ 'plans/shop.yaml': 'version: 1\n' })
  expect(await plan('diff', '--base', 'main')).toMatchObject({ exitCode: 1 })
})

test('any revision will do: a tag, a commit, a branch, HEAD~1', async () => {
  newRepository()
  git('tag', 'v1')
  edit('plans/shop.yaml', 'value: 180', 'value: 200')
  const second = commit('More')
  edit('plans/shop.yaml', 'value: 200', 'value: 220')
  for (const base of ['v1', 'HEAD~1', `${second}^`]) {
    expect((await review('--base', base)).plans[0]?.changes[0]?.fields[0]).toEqual({
      label: 'Value',
      before: '180 AED',
      after: '220 AED',
    })
  }
  expect((await review('--base', second)).plans[0]?.changes[0]?.fields[0]?.before).toBe('200 AED')
})

test('with three dots behind it, from where the branch left', async () => {
  newRepository()
  git('switch', '--quiet', '--create', 'feature')
  edit('plans/shop.yaml', 'value: 180', 'value: 200')
  commit('Mine')
  git('switch', '--quiet', 'main')
  edit('plans/shop.yaml', 'value: 95', 'value: 99')
  commit('Theirs')
  git('switch', '--quiet', 'feature')
  expect((await review('--base', 'main')).plans[0]?.changes.map(({ id }) => id)).toEqual([
    'purchase',
    'club_joined',
  ])
  expect((await review('--base', 'main...')).plans[0]?.changes.map(({ id }) => id)).toEqual(['purchase'])
})

test('overlays are read from the same revision, renamed ones too', async () => {
  const overlay = (base: string): string =>
    `version: 1\nextends: ${base}\nplan: shop_sa\ntitle: Shop in Saudi Arabia\n`
  newRepository({ 'base/shop.yaml': SHOP, 'plans/sa.yaml': overlay('../base/shop.yaml') })
  git('mv', 'base/shop.yaml', 'base/web.yaml')
  write({ 'plans/sa.yaml': overlay('../base/web.yaml') })
  edit('base/web.yaml', 'rate: 8%, of: sessions', 'rate: 10%, of: sessions')
  const { plans } = await review('--base', 'main')
  expect(plans).toMatchObject([
    { file: 'plans/sa.yaml', changes: [{ id: 'newsletter_signup', location: { file: 'base/web.yaml' } }] },
  ])
})

test('a moved plan is the same plan, whether git follows it or only its id tells', async () => {
  newRepository()
  git('mv', 'plans/shop.yaml', 'plans/web.yaml')
  expect((await review('--base', 'main')).plans).toMatchObject([
    { file: 'plans/web.yaml', previousFile: 'plans/shop.yaml', changes: [], status: 'changed' },
  ])
  git('reset', '--quiet', '--hard')
  rmSync('plans/shop.yaml')
  write({ 'plans/untracked.yaml': SHOP.replace('value: 180', 'value: 200') })
  expect((await review('--base', 'main')).plans).toMatchObject([
    { file: 'plans/untracked.yaml', previousFile: 'plans/shop.yaml', changes: [{ id: 'purchase' }] },
  ])
})

test('plans that come and go, several at once', async () => {
  newRepository({
    'plans/a.yaml': SHOP.replace('plan: outfitters', 'plan: a'),
    'plans/b.yaml': SHOP.replace('plan: outfitters', 'plan: b'),
  })
  rmSync('plans/a.yaml')
  edit('plans/b.yaml', 'value: 180', 'value: 200')
  write({ 'plans/c.yaml': SHOP.replace('plan: outfitters', 'plan: c') })
  const all = await review('--base', 'main')
  expect(all.plans.map(({ file, status }) => [file, status])).toEqual([
    ['plans/a.yaml', 'removed'],
    ['plans/b.yaml', 'changed'],
    ['plans/c.yaml', 'added'],
  ])
  const some = await review('plans/a.yaml', 'plans/c.yaml', '--base', 'main')
  expect(some.plans.map(({ status }) => status)).toEqual(['removed', 'added'])
})

test('from a folder below the top, paths are those of the folder', async () => {
  newRepository()
  edit('plans/shop.yaml', 'value: 180', 'value: 200')
  mkdirSync('deep/er', { recursive: true })
  process.chdir('deep/er')
  expect((await review('../../plans/shop.yaml', '--base', 'main')).plans).toMatchObject([
    { file: '../../plans/shop.yaml', changes: [{ id: 'purchase' }] },
  ])
})

test('names with blanks, other scripts and quotes', async () => {
  const file = 'plans/متجر "sea" & more.yaml'
  newRepository({ [file]: SHOP })
  edit(file, 'value: 180', 'value: 200')
  expect((await review('--base', 'main')).plans).toMatchObject([{ file, changes: [{ id: 'purchase' }] }])
})

test('a symbolic link is followed at the revision, inside the repository and no further', async () => {
  newRepository({ 'real/shop.yaml': SHOP })
  mkdirSync('plans')
  symlinkSync('../real/shop.yaml', 'plans/shop.yaml')
  symlinkSync('/etc/passwd', 'plans/other.yaml')
  commit('Links')
  edit('real/shop.yaml', 'value: 180', 'value: 200')
  expect((await review('plans/shop.yaml', '--base', 'main')).plans).toMatchObject([
    { changes: [{ id: 'purchase' }] },
  ])
  rmSync('plans/other.yaml')
  write({ 'plans/other.yaml': SHOP })
  expect((await review('plans/other.yaml', '--base', 'main')).plans).toMatchObject([
    { notes: [expect.stringContaining('At main the plan had errors') as string] },
  ])
})

test('with --out the review goes into a file, one with errors too', async () => {
  newRepository()
  edit('plans/shop.yaml', 'feeds: [purchase]', 'feeds: [purchse]')
  const { exitCode, out } = await plan('diff', '--base', 'main', '--format', 'markdown', '--out', 'review.md')
  expect([exitCode, out]).toEqual([1, ''])
  expect(readFileSync('review.md', 'utf8')).toMatch(/^## ❌ 1 error in plans\/shop\.yaml/)
})

test('errors in the plan are part of the review, and exit 1', async () => {
  newRepository()
  edit('plans/shop.yaml', 'feeds: [purchase]', 'feeds: [purchse]')
  const { exitCode, out } = await plan('diff', '--base', 'main')
  expect(exitCode).toBe(1)
  expect(out).toContain('1 error in plans/shop.yaml: not ready to merge.')
  expect(out).toContain('plans/shop.yaml:')
})

test('what the process’s environment holds is not printed, unless it is a public id or a number', async () => {
  newRepository({
    'plans/shop.yaml': SHOP.replace('value: 180', 'value: ${AVERAGE}')
      .replace('GTM-STAGE01', '"${CONTAINER}"')
      .replace('version: 1\n', 'version: 1\nenv: [AVERAGE, CONTAINER, ORDERS, PHONE]\n'),
  })
  const secret = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz'
  edit('plans/shop.yaml', 'method: email', 'method: "${ORDERS} ${PHONE} ${AVERAGE}"')
  const env = { ORDERS: secret, PHONE: '4915112345', AVERAGE: '180', CONTAINER: 'GTM-ABC123' }
  for (const format of ['text', 'json', 'markdown']) {
    const { exitCode, out, err } = await planWith(
      env,
      'diff',
      '--base',
      'main',
      '--format',
      format,
      '--verbose',
    )
    expect([exitCode, err]).toEqual([0, ''])
    expect(out).not.toContain(secret)
    expect(out).not.toContain('4915112345')
    expect(out).toContain('ORDERS')
  }
})

test.each([
  [
    'there is no such revision',
    ['--base', 'nowhere'],
    /^error revision-is-known: There is no revision "nowhere" in this repository: .*git fetch origin nowhere/,
  ],
  [
    'a revision that is an option of git’s',
    ['--base=--output=x'],
    /^error revision-is-known: There is no revision "--output=x" in this repository/,
  ],
  [
    'there is no such plan',
    ['plans/no.yaml', '--base', 'main'],
    /^error plan-is-found: There is no plan plans\/no\.yaml, neither here nor at main/,
  ],
  [
    'the plan lies elsewhere',
    ['../other.yaml', '--base', 'main'],
    /^error file-stays-in-the-repository: .* lies outside the repository/,
  ],
])('one sentence and no stack: %s', async (_, argv, message) => {
  newRepository()
  const { exitCode, out, err } = await plan('diff', ...argv)
  expect([exitCode, out]).toEqual([1, ''])
  expect(err).toMatch(message)
  expect(err.trim().split('\n')).toHaveLength(1)
})

test('one sentence and no stack: no repository, and none of its own', async () => {
  newFolder()
  write({ 'plans/shop.yaml': SHOP })
  const { exitCode, err } = await plan('diff', '--base', 'main')
  expect(exitCode).toBe(1)
  expect(err).toBe(
    'error git-is-usable: --base compares with another git revision, and this folder is in no git repository: run it inside one.\n',
  )
})

test('one sentence and no stack: a shallow clone that does not reach so far', async () => {
  const origin = newRepository()
  edit('plans/shop.yaml', 'value: 180', 'value: 200')
  commit('More')
  const clone = newFolder()
  git('clone', '--quiet', '--depth=1', `file://${origin}`, `${clone}/shop`)
  process.chdir(`${clone}/shop`)
  expect((await plan('diff', '--base', 'HEAD~1')).err).toBe(
    'error revision-is-known: This clone is shallow and does not hold the revision "HEAD~1": fetch more of it with `git fetch --unshallow`, in GitHub Actions with `fetch-depth: 0` of actions/checkout.\n',
  )
})

test('no git: one sentence', async () => {
  newRepository()
  const { exitCode, err } = await planWith({ PATH: '/nonexistent' }, 'diff', '--base', 'main')
  expect(exitCode).toBe(1)
  expect(err).toMatch(/^error git-is-usable: --base needs git, and there is no git on this machine/)
})

test('reading leaves the repository as it was', async () => {
  newRepository()
  edit('plans/shop.yaml', 'value: 180', 'value: 200')
  const before = [git('status', '--porcelain'), readFileSync('.git/index').toString('base64')]
  await plan('diff', '--base', 'main')
  expect([git('status', '--porcelain'), before[1]]).toEqual([before[0], before[1]])
})
