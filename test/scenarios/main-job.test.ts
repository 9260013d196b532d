import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ChangeSet } from '../../src/resources/change-set.ts'
import { digestOf } from '../../src/diff/digest.ts'
import { inNewFolder, plan, planAnswering } from './run-plan.ts'

inNewFolder()

const OUTFITTERS = 'plans/outfitters.yaml'

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(from)
  writeFileSync(file, text.replace(from, to))
}

describe('the main job', () => {
  test('is done by one command, and the second time there is nothing to do', async () => {
    const first = await plan('apply', OUTFITTERS, '--sandbox', '--auto-approve')
    expect(first.exitCode).toBe(0)
    expect(first.out).toContain('goal purchase')
    expect(first.out).toMatch(/Done: \d+ changes made in version 2/)
    // What it says beforehand is what it takes, asking the account's other containers included.
    expect(first.out).toContain('Apply takes 11 requests to Tag Manager and 24 to Analytics')
    expect(first.out).toContain('11 requests to Tag Manager, 24 to Analytics')

    const second = await plan('apply', OUTFITTERS, '--sandbox', '--auto-approve')
    expect(second).toMatchObject({ exitCode: 0 })
    expect(second.out).toContain('Nothing to change')
    expect(await plan('diff', OUTFITTERS, '--sandbox', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })

    edit(OUTFITTERS, 'form#newsletter-hero, ', 'form#newsletter-top, ')
    const edited = await plan('diff', OUTFITTERS, '--sandbox', '--detailed-exitcode')
    expect(edited.exitCode).toBe(2)
    expect(edited.out).toContain('form#newsletter-top, form#newsletter-footer submitted')
    // Version 2 is not live: what is published is not read for that.
    const third = await plan('apply', OUTFITTERS, '--sandbox', '--auto-approve')
    expect(third.out).toContain('Apply takes 8 requests to Tag Manager')
    expect(third.out).toMatch(/^8 requests to Tag Manager, /m)
  })

  test('asks first, and does nothing when the answer is not yes', async () => {
    const refused = await planAnswering(false, 'apply', OUTFITTERS, '--sandbox')
    expect(refused).toMatchObject({ exitCode: 1 })
    expect(refused.err).toContain('Nothing was changed.')
    expect(await plan('diff', OUTFITTERS, '--sandbox', '--detailed-exitcode')).toMatchObject({ exitCode: 2 })

    expect(await planAnswering(true, 'apply', OUTFITTERS, '--sandbox')).toMatchObject({ exitCode: 0 })
    expect(await plan('diff', OUTFITTERS, '--sandbox', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
  })

  test('says with the change when a key event counts for more than one conversion', async () => {
    const text = readFileSync(OUTFITTERS, 'utf8')
    const [, event] = /event: (\S+)\n(?:(?!event: )[\s\S])*?keyEvent: true/.exec(text) ?? []
    edit(OUTFITTERS, 'event: select_promotion', `event: ${event}`)
    const { err } = await plan('diff', OUTFITTERS, '--sandbox')
    expect(err).toContain('warning key-events-are-names')
    expect(err).toContain(`"${event}" is a key event for `)
  })

  test('stops at once without a terminal, and names the flag', async () => {
    const outcome = await plan('apply', OUTFITTERS, '--sandbox')
    expect(outcome.exitCode).toBe(1)
    expect(outcome.err).toContain('--auto-approve')
  })

  test('a protected environment is applied only by its name', async () => {
    expect(await plan('apply', OUTFITTERS, '--sandbox', '--auto-approve')).toMatchObject({ exitCode: 0 })
    const untouched = await plan('diff', OUTFITTERS, '-e', 'production', '--sandbox', '--detailed-exitcode')
    expect(untouched.exitCode).toBe(2)
    const named = await plan('apply', OUTFITTERS, '-e', 'production', '--sandbox', '--auto-approve')
    expect(named.exitCode).toBe(0)

    expect(
      await plan('diff', OUTFITTERS, '-e', 'production', '--sandbox', '--out', 'same.json'),
    ).toMatchObject({ exitCode: 0 })
    const saved = await plan('apply', 'same.json', '--sandbox', '--auto-approve')
    expect(saved.exitCode).toBe(1)
    expect(saved.err).toContain('production is protected')
  })

  test('publishing is asked for, and an earlier version can be put back', async () => {
    await plan('apply', OUTFITTERS, '--sandbox', '--auto-approve')
    expect((await plan('versions', OUTFITTERS, '--sandbox')).out).toMatch(
      /2 {2}outfitters.*\(latest\)\n1 {2}Empty Container.*\(live\)/,
    )

    edit(OUTFITTERS, 'form#newsletter-hero, ', 'form#newsletter-top, ')
    const published = await plan('apply', OUTFITTERS, '--sandbox', '--auto-approve', '--publish')
    expect(published.out).toMatch(/version 3 .*\nIt is live\./)
    expect(await plan('rollback', '2', '--plan', OUTFITTERS, '--sandbox', '--auto-approve')).toMatchObject({
      exitCode: 0,
    })
    expect((await plan('versions', OUTFITTERS, '--sandbox')).out).toMatch(/2 {2}outfitters.*\(live, latest\)/)
    const afterwards = await plan('diff', OUTFITTERS, '--sandbox', '--detailed-exitcode')
    expect(afterwards).toMatchObject({ exitCode: 2 })
    expect(await plan('publish', '3', '--plan', OUTFITTERS, '--sandbox', '--auto-approve')).toMatchObject({
      exitCode: 0,
    })
    expect((await plan('versions', OUTFITTERS, '--sandbox')).out).toMatch(/3 {2}outfitters.*\(live/)
  })

  test('a saved change set is carried out as it is, once', async () => {
    expect(await plan('diff', OUTFITTERS, '--sandbox', '--out', 'changes.json')).toMatchObject({
      exitCode: 0,
    })
    expect(await plan('apply', 'changes.json', '--sandbox', '--auto-approve')).toMatchObject({ exitCode: 0 })
    expect(await plan('diff', OUTFITTERS, '--sandbox', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
    const again = await plan('apply', 'changes.json', '--sandbox', '--auto-approve')
    expect(again).toMatchObject({ exitCode: 1 })
    expect(again.err).toContain('container-has-moved')
  })

  test('an edited change set is refused', async () => {
    await plan('diff', OUTFITTERS, '--sandbox', '--out', 'changes.json')
    edit('changes.json', 'GA4 Event - purchase', 'GA4 Event - something else')
    const outcome = await plan('apply', 'changes.json', '--sandbox', '--auto-approve')
    expect(outcome).toMatchObject({ exitCode: 1 })
    expect(outcome.err).toContain('change-set-was-edited')
  })

  test('a change set of another shape is refused although its digest is right', async () => {
    await plan('diff', OUTFITTERS, '--sandbox', '--out', 'changes.json')
    const saved = JSON.parse(readFileSync('changes.json', 'utf8')) as ChangeSet
    const odd = { ...saved, changes: [{ action: 'explode' }] } as unknown as ChangeSet
    writeFileSync('changes.json', JSON.stringify({ ...odd, digest: digestOf(odd) }))
    const outcome = await plan('apply', 'changes.json', '--sandbox', '--auto-approve')
    expect(outcome).toMatchObject({ exitCode: 1 })
    expect(outcome.err).toContain('changes.json is not a change set that plan saved: /changes/0')
  })

  test('the JSON of diff is the change set, and of apply the report', async () => {
    const diff = JSON.parse((await plan('diff', OUTFITTERS, '--sandbox', '--format', 'json')).out) as object
    expect(diff).toMatchObject({
      formatVersion: 1,
      plan: 'outfitters',
      environment: 'staging',
      requests: { gtm: 11 },
    })
    const report = JSON.parse(
      (await plan('apply', OUTFITTERS, '--sandbox', '--auto-approve', '--format', 'json')).out,
    ) as { changes: { status: string }[] }
    expect(report).toMatchObject({ version: { id: '2' }, published: false, made: { gtm: 11 } })
    expect(new Set(report.changes.map(({ status }) => status))).toEqual(new Set(['done']))
  })

  test('an exported container takes the place of the live one, offline', async () => {
    await plan('compile', OUTFITTERS, '--format', 'gtm', '--out', 'container.json')
    const same = await plan('diff', OUTFITTERS, '--against', 'container.json', '--detailed-exitcode')
    expect(same).toMatchObject({ exitCode: 0 })
    edit(OUTFITTERS, 'form#newsletter-hero, ', 'form#newsletter-top, ')
    expect(
      await plan('diff', OUTFITTERS, '--against', 'container.json', '--detailed-exitcode'),
    ).toMatchObject({ exitCode: 2 })
  })

  test('the starter plan has no findings and applies', async () => {
    expect(await plan('init', 'plans/mine.yaml')).toMatchObject({ exitCode: 0 })
    const validated = await plan('validate', 'plans/mine.yaml', '--max-warnings', '0')
    expect(validated).toEqual({ exitCode: 0, out: 'plans/mine.yaml: no findings\n', err: '' })
    expect(await plan('apply', 'plans/mine.yaml', '--sandbox', '--auto-approve')).toMatchObject({
      exitCode: 0,
    })
    expect(await plan('init', 'plans/mine.yaml')).toMatchObject({ exitCode: 1 })
  })
})

test('.plan/ ignores itself, and somebody’s own rules in it stay', async () => {
  await plan('diff', 'plans/outfitters.yaml', '--sandbox')
  expect(readFileSync('.plan/.gitignore', 'utf8')).toBe('*\n')
  writeFileSync('.plan/.gitignore', '# mine\n')
  await plan('diff', 'plans/outfitters.yaml', '--sandbox')
  expect(readFileSync('.plan/.gitignore', 'utf8')).toBe('# mine\n')
})

test('a damaged state of the sandbox is said in a sentence, and so is a .plan that cannot be one', async () => {
  await plan('diff', 'plans/outfitters.yaml', '--sandbox')
  writeFileSync('.plan/sandbox.json', '{')
  const damaged = await plan('diff', 'plans/outfitters.yaml', '--sandbox')
  expect(damaged).toMatchObject({ exitCode: 1, out: '' })
  expect(damaged.err).toMatch(/state file \.plan\/sandbox\.json is damaged .*: restore it/)
  rmSync('.plan', { recursive: true })
  writeFileSync('.plan', '')
  const blocked = await plan('diff', 'plans/outfitters.yaml', '--sandbox')
  expect(blocked).toMatchObject({ exitCode: 1 })
  expect(blocked.err).toMatch(/^error file-can-be-used: \.plan: there is a file of that name already\.$/m)
})
