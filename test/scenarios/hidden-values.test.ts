/** What the process's environment gives a plan may be a secret: what is printed about it says `${NAME}`. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { FastClock } from '../google/connect-to.ts'
import { ownTown } from './own-town.ts'
import { plan as runPlan, runPlan as runWith } from './run-plan.ts'
import { shop } from './storms/town.ts'

const town = await ownTown()

const SECRET = 'zoë"1234567890'
const env = { API_CODE: SECRET, STREAM: 'G-SHOP000009' }

function secretive(): string {
  const base = shop({ id: 'shop' }) as { goals: { paid_shop: object }; environments: { live: object } }
  return town.write('shop', {
    ...base,
    env: ['API_CODE', 'STREAM'],
    goals: { paid_shop: { ...base.goals.paid_shop, parameters: { code: '${API_CODE}' } } },
  })
}

test.each(['text', 'json', 'markdown'])('diff as %s says the name', async (format) => {
  const file = secretive()
  const { exitCode, out, err } = await town.plan(['diff', file, '--format', format], new FastClock(), env)
  expect(exitCode).toBe(0)
  expect(out + err).not.toContain('1234567890')
  expect(out).toContain('${API_CODE}')
})

test.each(['show', 'list'])('%s says the name', async (command) => {
  const file = secretive()
  const argv = command === 'show' ? ['show', 'paid_shop', '--plan', file] : ['list', file]
  const { exitCode, out } = await runWith(env, undefined, argv)
  expect(exitCode).toBe(0)
  expect(out).toContain(command === 'show' ? '${API_CODE}' : 'paid_shop')
  expect(out).not.toContain('1234567890')
})

test('what Google quotes of it is said by its name', async () => {
  const file = secretive()
  const message = `Invalid value: ${SECRET}`
  const body = {
    error: { code: 400, message, status: 'INVALID_ARGUMENT', errors: [{ message, reason: 'invalid' }] },
  }
  town.line.set([
    { at: /(bulk_update|\/tags)$/, times: 99, when: 'before', does: { kind: 'answer', status: 400, body } },
  ])
  for (const format of ['text', 'json']) {
    const argv = ['apply', file, '--auto-approve', '--format', format]
    const { exitCode, out, err } = await town.plan(argv, new FastClock(), env)
    expect(exitCode).toBe(1)
    expect(out + err).not.toContain('1234567890')
    expect(out).toContain('Invalid value: ${API_CODE}')
  }
  // A failure that ends the command before there is a report.
  town.line.set([
    { at: /version_headers:latest$/, times: 99, when: 'before', does: { kind: 'answer', status: 400, body } },
  ])
  const { err } = await town.plan(['diff', file], new FastClock(), env)
  expect(err).toContain('Invalid value: ${API_CODE}')
})

test('what the plan compiles to says the name, and what GTM imports holds the value, which is said', async () => {
  const file = secretive()
  for (const format of ['resources', 'ga4']) {
    const { exitCode, out, err } = await runWith(env, undefined, ['compile', file, '--format', format])
    expect(exitCode).toBe(0)
    expect(out + err).not.toContain('1234567890')
    if (format === 'resources') expect(out).toContain('${API_CODE}')
  }
  const { out, err } = await runWith(env, undefined, ['compile', file, '--format', 'gtm'])
  expect(out).toContain('1234567890')
  expect(err).toContain('It holds what ${API_CODE} stands for: keep it out of git.')
  expect(await runPlan('compile', file)).toMatchObject({ exitCode: 1 })
})

test('documents and contracts are committed, so they say the name', async () => {
  const file = secretive()
  const folder = dirname(file)
  const types = join(folder, 'types.ts')
  const commands = [
    ['docs', file, '--out', folder, '--no-history'],
    ['docs', file, '--out', folder, '--contract', '--no-history'],
    ['schema', file, '--out', join(folder, 'schema.json')],
    ['types', file, '--out', types],
    ['test', file, '--level', 'logic', '--format', 'html', '--out', join(folder, 'proof.html')],
  ]
  for (const argv of commands) {
    const { out, err } = await runWith(env, undefined, argv)
    expect(out + err).not.toContain('1234567890')
  }
  const written = readdirSync(folder).filter((name) => /^shop.*(html|md)$|^(schema|types|proof)/.test(name))
  expect(written).toHaveLength(7)
  for (const name of written) expect(readFileSync(join(folder, name), 'utf8')).not.toContain('1234567890')
  expect(readFileSync(join(folder, 'shop.md'), 'utf8')).toMatch(/API(_|&#95;)CODE/)
})

test('a saved change set does exactly what was shown, so it holds the value, which is said', async () => {
  const file = secretive()
  const saved = join(dirname(file), 'changes.json')
  const { err } = await town.plan(['diff', file, '--out', saved], new FastClock(), env)
  expect(err).toContain('It holds what ${API_CODE} stands for: keep it out of git.')
  expect(readFileSync(saved, 'utf8')).toContain('1234567890')
})

test.each([
  ['', '"${CURRENCY}" cannot be "currency": it must be three capital letters (ISO 4217), for example EUR.'],
  ['e', '"${CURRENCY}" cannot be "currency": it must be three capital letters (ISO 4217), for example EUR.'],
  ['EU', '"${CURRENCY}" cannot be "currency": it must be three capital letters (ISO 4217), for example EUR.'],
])('a value as short as "%s" is not looked for inside of words', async (CURRENCY, message) => {
  const file = town.write('short', { ...shop({ id: 'short' }), env: ['CURRENCY'], currency: '${CURRENCY}' })
  expect((await runWith({ CURRENCY }, undefined, ['validate', file])).out).toContain(`  ${message}\n`)
})

test('where an empty value leaves the default, the default is shown', async () => {
  const given = shop({ id: 'unset' }) as { goals: { paid_unset: object } }
  const goals = { paid_unset: { ...given.goals.paid_unset, parameters: { hat: '${UNIT:-bowler hat}' } } }
  const file = town.write('unset', { ...given, env: ['UNIT'], goals })
  const { out } = await runWith({ UNIT: '' }, undefined, ['compile', file])
  expect(out).toContain('bowler hat')
})
