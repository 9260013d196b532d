/** Completion in shells, and the JSON of what is read by programs. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COMPLETION_SCRIPTS } from '../../src/commands/completion-scripts.ts'
import { inNewFolder, plan, runPlan } from './run-plan.ts'

const schemas = join(process.cwd(), 'schemas')

inNewFolder()

async function next(...words: readonly string[]): Promise<readonly string[]> {
  return (await plan('complete', '--', ...words)).out.split('\n').filter((line) => line !== '')
}

test('commands, flags and their values, environments, ids and codes are completed', async () => {
  expect(await next('va')).toEqual(['validate'])
  expect(await next('')).not.toContain('complete')
  expect(await next('validate', '--pro')).toEqual(['--profile'])
  expect(await next('validate', '--profile', '')).toEqual(['minimal', 'recommended', 'strict'])
  expect(await next('diff', '-e', '')).toEqual(['production', 'staging'])
  expect(await next('diff', '')).toEqual([
    'plans/advisory.yaml',
    'plans/outfitters.yaml',
    'plans/workspace.yaml',
  ])
  expect(await next('add', 'decis')).toEqual(['decision'])
  expect(await next('add', 'decision', 'newsl')).toEqual(['newsletter_signup'])
  expect(await next('power', '--plan', 'plans/outfitters.yaml', 'purch')).toContain('purchase')
  expect(await next('explain', 'three')).toEqual(['three-to-five-micro-conversions'])
  expect(await next('completion', '')).toEqual(['bash', 'fish', 'zsh'])
  expect(await next('explain', 'micro.we')).toEqual(['micro.weight'])
  expect(await next('init', '--from', 'adv')).toEqual(['advisory'])
  // Files are the shell's own business.
  expect(await next('-C', '')).toEqual([])
  expect(await next('compile', '--out', '')).toEqual([])
})

test('the script of each shell asks for what may stand next', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { out } = await plan('completion', shell)
    expect(out).toContain('complete --')
  }
  expect((await plan('completion', 'tcsh')).exitCode).toBe(64)
})

test('bash completes with it', () => {
  const script = `${COMPLETION_SCRIPTS.bash}
plan() { printf '%s/' "$@"; }
COMP_WORDS=(plan diff -e st); COMP_CWORD=3; _plan_complete plan; printf '%s' "\${COMPREPLY[0]}"`
  expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe('complete/--/diff/-e/st/')
})

test.each([
  ['catalogue', ['catalogue']],
  ['catalogue', ['catalogue', 'return_visit']],
  ['codes', ['explain']],
  ['codes', ['explain', 'unknown-field']],
  ['versions', ['versions', 'plans/outfitters.yaml', '--sandbox']],
  ['doctor', ['doctor', 'plans/outfitters.yaml', '--sandbox']],
])('schemas/%s.schema.json describes what plan %s --format json prints', async (name, argv) => {
  const schema = JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), 'utf8')) as object
  const { exitCode, out } = await plan(...argv, '--format', 'json')
  expect(exitCode).toBe(0)
  const validate = new Ajv2020({ allErrors: true }).compile(schema)
  expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true)
})

test('plan doctor says step by step that nobody is signed in, as JSON too', async () => {
  const argv = ['doctor', 'plans/outfitters.yaml', '-e', 'staging']
  const env = {
    HOME: '/no/home',
    GCE_METADATA_HOST: '127.0.0.1:9',
    GOOGLE_APPLICATION_CREDENTIALS: '/no/key.json',
  }
  const text = await runPlan(env, undefined, argv)
  expect(text.exitCode).toBe(1)
  expect(text.out).toMatch(/^· Tag Manager {2}Not asked.*\n✗ Tag Manager {2}.*\/no\/key\.json cannot be read/)
  const { out } = await runPlan(env, undefined, [...argv, '--format', 'json'])
  const report = JSON.parse(out) as { ok: boolean; steps: { state: string }[] }
  const schema = JSON.parse(readFileSync(join(schemas, 'doctor.schema.json'), 'utf8')) as object
  expect(new Ajv2020().validate(schema, report)).toBe(true)
  expect(report.ok).toBe(false)
  expect(report.steps.map(({ state }) => state)).not.toContain('ok')
})
