/** A state file or a seed that cannot be used: said in its own words, and nothing of it is touched. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inNewFolder, plan } from './run-plan.ts'

inNewFolder()

const container = { accountId: '1', containerId: '2', container: { publicId: 'GTM-SEED01' } }

test('a damaged state file', async () => {
  mkdirSync('.plan')
  writeFileSync('.plan/sandbox.json', '{"sandboxState": 1, "gtm": [')
  const { exitCode, err } = await plan('diff', 'plans/outfitters.yaml', '--sandbox')
  expect(exitCode).toBe(1)
  expect(err).toMatch(/^error sandbox-state-damaged: .*restore it from a copy/s)
  expect(err).not.toContain('bug')
  expect(readFileSync('.plan/sandbox.json', 'utf8')).toBe('{"sandboxState": 1, "gtm": [')
})

test('a place where no state can be kept', async () => {
  writeFileSync('.plan', 'a file, not a folder')
  const { exitCode, err } = await plan('sandbox', '--state', '.plan/sandbox.json')
  expect([exitCode, err]).toEqual([1, expect.stringMatching(/^error sandbox-state-unreadable: /) as string])
  rmSync('.plan')
})

test('a seed beside a state, and a seed that is none', async () => {
  writeFileSync('seed.json', JSON.stringify({ containerVersion: container }))
  writeFileSync('none.json', '{}')
  writeFileSync('state.json', JSON.stringify({ sandboxState: 1, lastStamp: 1, gtm: [], ga4: emptyGa4 }))
  const beside = await plan('sandbox', '--state', 'state.json', '--seed', 'seed.json')
  expect([beside.exitCode, beside.err]).toEqual([
    1,
    expect.stringMatching(/^error sandbox-seed-beside-state: .* holds a state already/) as string,
  ])
  const none = await plan('sandbox', '--seed', 'none.json')
  expect([none.exitCode, none.err]).toEqual([
    1,
    expect.stringMatching(/^error sandbox-seed-unusable: /) as string,
  ])
})

test('rows that are none of the export', async () => {
  writeFileSync('rows.ndjson', '{"event_date": "20260101", "event_name": "x"}\n{"event_name": "y"}\n')
  const other = await plan('sandbox', '--ga4-export', 'rows.ndjson')
  expect([other.exitCode, other.err]).toEqual([
    1,
    expect.stringMatching(/^error sandbox-export-unusable: .*event_date/) as string,
  ])
  writeFileSync('rows.ndjson', 'no JSON')
  const none = await plan('sandbox', '--ga4-export', 'rows.ndjson')
  expect([none.exitCode, none.err]).toEqual([1, expect.stringContaining('holds no rows') as string])
})

const emptyGa4 = { nextId: 1, collections: {}, archived: [], acknowledged: [], history: [] }
