/** Plans are found wherever one stands in the repository, in files, folders and standard input. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { start } from '../../src/commands/start.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import { inNewFolder, plan } from './run-plan.ts'

inNewFolder()

/** A repository with one plan, in whose folder `deep/er` the command runs. */
function standDeep(): void {
  mkdirSync('.git')
  for (const file of ['advisory', 'workspace']) renameSync(`plans/${file}.yaml`, `${file}.yaml`)
  mkdirSync('deep/er', { recursive: true })
  process.chdir('deep/er')
}

function startPlan(stdin: string, ...argv: readonly string[]): Promise<Outcome> {
  return outcomeOf((io) => start(argv, io), {
    readStdin: () => Promise.resolve(stdin),
    changeFolder: (folder) => process.chdir(folder),
  })
}

test('plans/ is looked for upwards to the top of the repository, and .plan/ stands beside it', async () => {
  standDeep()
  expect(await plan('validate')).toMatchObject({
    out: '../../plans/outfitters.yaml, ../../plans/overlays/outfitters_sa.yaml: no findings\n',
  })
  expect(await plan('apply', '--sandbox', '--auto-approve')).toMatchObject({ exitCode: 0 })
  expect(existsSync('../../.plan/sandbox.json')).toBe(true)
  expect(existsSync('.plan')).toBe(false)
  // From anywhere it is the same plan in the same place.
  process.chdir('..')
  expect((await plan('diff', '--sandbox')).out).toContain('Nothing to change')
})

test('nothing above the repository is taken', async () => {
  mkdirSync('inside/.git', { recursive: true })
  process.chdir('inside')
  expect((await plan('validate')).err).toContain('There is no plan in plans/')
})

test('outside of a repository it is said that nothing above was looked at', async () => {
  mkdirSync('inside')
  process.chdir('inside')
  expect((await plan('validate')).err).toContain('above it only a git repository is searched')
  mkdirSync('.git')
  expect((await plan('validate')).err).toContain('There is no plan in plans/, here or above.')
})

test('a folder stands for its plans, and for the plans/ in it', async () => {
  const { out } = await plan('validate', 'plans')
  expect(out).toContain('plans/advisory.yaml, plans/outfitters.yaml, plans/workspace.yaml')
  expect((await plan('validate', '.')).out).toBe(out)
  expect((await plan('compile', 'plans')).err).toContain('There are 3 plans in plans')
  mkdirSync('empty')
  expect((await plan('validate', 'empty')).err).toContain('There is no plan in empty, nor in empty/plans/.')
})

test('- is standard input, and -C another folder', async () => {
  const text = readFileSync('plans/outfitters.yaml', 'utf8')
  expect(await startPlan(text, 'validate', '-')).toMatchObject({ exitCode: 0, out: '-: no findings\n' })
  expect((await startPlan('plan: x', 'validate', '-')).out).toContain('<stdin>:1:1 error')
  expect(await startPlan(text, 'fmt', '-')).toMatchObject({ exitCode: 0, out: text, err: '' })
  expect((await startPlan(text, 'compile', '-', '--format', 'ga4')).out).toContain('"ga4/key-event"')
  expect((await startPlan(text, 'validate', '-', '--fix')).exitCode).toBe(64)
})

test('--env-file stands in for what the environment does not set', async () => {
  const text = readFileSync('plans/outfitters.yaml', 'utf8').replace(
    'version: 1\n',
    'version: 1\nenv: [SHOP_TITLE]\n',
  )
  writeFileSync('mine.yaml', text.replace(/^title: .*$/m, 'title: ${SHOP_TITLE}'))
  writeFileSync('.env', '# names\nSHOP_TITLE="From the file"\n')
  expect((await startPlan('', 'validate', 'mine.yaml')).exitCode).toBe(1)
  expect(await startPlan('', 'validate', 'mine.yaml', '--env-file', '.env')).toMatchObject({ exitCode: 0 })
  expect(await startPlan('', '--env-file=.env', 'compile', 'mine.yaml')).toMatchObject({ exitCode: 0 })
  expect((await startPlan('', 'validate', '--env-file', 'no.env')).err).toContain(
    'no.env: there is no such file',
  )
  expect((await startPlan('', 'validate', '--env-file')).exitCode).toBe(64)
})

test.each([
  ['-C', 'other', 'validate'],
  ['-Cother', 'validate'],
  ['validate', '-C', 'other'],
  ['validate', '--profile', 'minimal', '-C', 'other', '--quiet', '--verbose', 'plans/shop.yml'],
])('%j goes there first', async (...argv) => {
  mkdirSync('other/plans', { recursive: true })
  renameSync('plans/outfitters.yaml', 'other/plans/shop.yml')
  const { exitCode, out } = await startPlan('', ...argv)
  expect({ exitCode, out }).toEqual({
    exitCode: 0,
    out: argv.includes('--quiet') ? '' : 'plans/shop.yml: no findings\n',
  })
})

test.each(['text', 'json', 'github', 'sarif'])('--quiet as %s leaves warnings out', async (format) => {
  const text = readFileSync('plans/outfitters.yaml', 'utf8')
  const [warned, wrong] = [/^review: .*\n/m, /register: event/]
  writeFileSync('plans/outfitters.yaml', text.replace(warned, '').replace(wrong, 'register: evnt'))
  const argv = ['validate', 'plans/outfitters.yaml', '--format', format]
  const { exitCode, out } = await startPlan('', ...argv, '--quiet')
  expect(exitCode).toBe(1)
  expect(out).toContain('evnt')
  expect(out).not.toContain('does not say how often it is reviewed')
  expect((await startPlan('', ...argv)).out).toContain('does not say how often it is reviewed')
})

test('-C without a folder, or with one that is not there, is said', async () => {
  expect((await startPlan('', 'validate', '-C')).exitCode).toBe(64)
  const { exitCode, err } = await startPlan('', '-C', 'nowhere', 'validate')
  expect([exitCode, err]).toEqual([1, 'error file-can-be-used: nowhere: there is no such file or folder.\n'])
})

test('other YAML in plans/ is left out and named; a broken plan is not', async () => {
  for (const file of ['advisory', 'workspace']) renameSync(`plans/${file}.yaml`, `${file}.yaml`)
  writeFileSync('plans/docker-compose.yml', 'version: 3\nservices: {}\n')
  expect(await plan('validate')).toMatchObject({
    exitCode: 0,
    out: 'plans/outfitters.yaml, plans/overlays/outfitters_sa.yaml: no findings\n',
    err: expect.stringContaining('plans/docker-compose.yml is no plan and was left out') as string,
  })
  // Named, it is taken at its word.
  expect((await plan('validate', 'plans/docker-compose.yml')).exitCode).toBe(1)
  writeFileSync('plans/broken.yaml', 'version: 1\nplan: broken\n  title: [\n')
  expect((await plan('validate')).out).toContain('plans/broken.yaml:')
})

test('plans in folders of a folder are looked at with it; where plans are changed, they are told to be left out', async () => {
  for (const file of ['advisory', 'workspace']) renameSync(`plans/${file}.yaml`, `${file}.yaml`)
  const overlay = 'plans/overlays/outfitters_sa.yaml'
  expect((await plan('validate', 'plans')).out).toBe(`plans/outfitters.yaml, ${overlay}: no findings\n`)
  const leftOut = `Left out, because it lies deeper: ${overlay}. Named, a folder or a file is taken.\n`
  const err = async (...argv: readonly string[]): Promise<string> =>
    (await plan('diff', ...argv, '-e', 'nowhere')).err
  expect(await err('plans')).toContain(leftOut)
  expect(await err('plans', 'plans/overlays')).not.toContain('Left out')
  expect(await err('plans/outfitters.yaml')).not.toContain('Left out')
})

test('scenarios by hand in plans/tests are no plans, though they name one', async () => {
  for (const file of ['advisory', 'workspace']) renameSync(`plans/${file}.yaml`, `${file}.yaml`)
  mkdirSync('plans/tests')
  writeFileSync('plans/tests/site.yaml', 'plan: outfitters\nscenarios: {}\n')
  expect(await plan('validate')).toMatchObject({
    exitCode: 0,
    out: 'plans/outfitters.yaml, plans/overlays/outfitters_sa.yaml: no findings\n',
  })
})

test('a part of a plan beside it is no plan of its own; alone it is a broken one', async () => {
  for (const file of ['advisory', 'workspace']) renameSync(`plans/${file}.yaml`, `${file}.yaml`)
  writeFileSync('plans/values.yaml', 'goals:\n  purchase: { value: 200 }\n')
  expect((await plan('validate')).out).toContain('plans/values.yaml:1:1 error missing-field')
  const overlay =
    'plan: dear\ntitle: Dear\nextends:\n  - outfitters.yaml\n  - ./values.yaml\nenvironments: { staging: null }\n'
  writeFileSync('plans/dear.yaml', overlay)
  const { err, out } = await plan('validate')
  expect([err, out.includes('missing-field')]).toEqual(['', false])
})

test('.measurement-plan.yaml holds options, and a flag goes before it', async () => {
  standDeep()
  const file = '../../plans/outfitters.yaml'
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^ +metric: .*\n/m, ''))
  writeFileSync('../../.measurement-plan.yaml', 'profile: strict\nenvironment: production\n')
  expect((await plan('validate')).exitCode).toBe(1)
  expect((await plan('validate', '--profile', 'minimal')).exitCode).toBe(0)
  expect((await plan('compile', '--format', 'gtm')).out).toContain('GTM-SHOP001')
  expect((await plan('compile', '--format', 'gtm', '-e', 'staging')).out).toContain('GTM-STAGE01')
  // A protected environment is named on the command line or not at all.
  expect((await plan('apply', '--sandbox', '--auto-approve')).err).toContain('production is protected')
})

test('an environment that the file of options names and the plan does not have is said of that file', async () => {
  mkdirSync('.git')
  writeFileSync('.measurement-plan.yaml', 'environment: prodd\n')
  expect((await plan('compile', 'plans/outfitters.yaml')).err).toContain(
    '.measurement-plan.yaml: "environment" is prodd, and plans/outfitters.yaml has staging, production.',
  )
})

test.each([
  ['profil: strict\n', 'Did you mean profile?'],
  ['profile: lax\n', 'There are minimal, recommended, strict.'],
  ['templates: ../../elsewhere\n', 'leads out of the repository'],
  ['- profile\n', 'must hold options'],
  ['profile: [\n', '.measurement-plan.yaml:1:10: This bracket is not closed.'],
])('what the file of options cannot hold is said: %j', async (text, said) => {
  mkdirSync('.git')
  writeFileSync('.measurement-plan.yaml', text)
  const { exitCode, err } = await plan('validate', 'plans')
  expect(exitCode).toBe(1)
  expect(err).toContain(said)
})
