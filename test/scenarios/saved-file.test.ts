/** A saved change set comes from outside, an artifact of another job perhaps: nothing in it is taken on its word. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { digestOf } from '../../src/diff/digest.ts'
import type { ChangeSet } from '../../src/resources/change-set.ts'
import { inNewFolder, plan } from './run-plan.ts'

inNewFolder()

const PLAN = 'plans/outfitters.yaml'

async function saved(change: Partial<ChangeSet> = {}): Promise<string> {
  await plan('diff', PLAN, '-e', 'staging', '--sandbox', '--out', 'changes.json')
  const changeSet = { ...(JSON.parse(readFileSync('changes.json', 'utf8')) as ChangeSet), ...change }
  writeFileSync('changes.json', JSON.stringify({ ...changeSet, digest: digestOf(changeSet) }))
  return 'changes.json'
}

test('it opens no file outside the repository', async () => {
  mkdirSync('.git')
  const outside = mkdtempSync(join(tmpdir(), 'outside-'))
  try {
    const secret = join(outside, 'secret.yaml')
    writeFileSync(secret, 'password: hunter2\n')
    symlinkSync(secret, 'plans/link.yaml')
    for (const file of [secret, 'plans/link.yaml', '/etc/hostname']) {
      const { exitCode, out, err } = await plan('apply', await saved({ file }), '--sandbox', '--auto-approve')
      expect(exitCode).toBe(1)
      expect(err).toContain(`names the plan ${file}, which lies outside this repository`)
      expect(out + err).not.toContain('hunter2')
    }
  } finally {
    rmSync(outside, { recursive: true, force: true })
  }
})

test('its summary is computed, and not read', async () => {
  const none = {
    create: 0,
    update: 0,
    rename: 0,
    delete: 0,
    adopt: 0,
    unchanged: 7,
    unmanaged: 0,
    held: 0,
    waiting: 0,
    owned: 0,
  }
  const { exitCode, out } = await plan('apply', await saved({ summary: none }), '--sandbox', '--auto-approve')
  expect(exitCode).toBe(0)
  expect(out).toMatch(/^Plan: \d+ to create/m)
})
