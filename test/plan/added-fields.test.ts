/** A field that a command adds stands where people would write it. */
import { expect, test } from 'vitest'
import { applyEdits } from '../../src/plan/edit.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'

async function added(goal: string): Promise<string | undefined> {
  const text = `version: 1\ngoals:\n  purchase: ${goal}\n`
  const parsed = parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text })))
  const edits = [{ set: '/goals/purchase/owner', value: 'Sam' }]
  return applyEdits(parsed, edits).files.get('plan.yaml')?.slice('version: 1\ngoals:\n  purchase: '.length)
}

test.each([
  ['{ title: Sold, value: 5 }', '{ title: Sold, value: 5, owner: Sam }'],
  ['{ title: Sold, value: 5, }', '{ title: Sold, value: 5, owner: Sam, }'],
  [
    '{ title: "Sold", target: { count: 5 } } # one line',
    '{ title: "Sold", target: { count: 5 }, owner: Sam } # one line',
  ],
  [
    '{\n    title: Sold,\n    value: 5 # dear\n  }',
    '{\n    title: Sold,\n    value: 5, owner: Sam # dear\n  }',
  ],
  ['\n    title: Sold\n    value: 5', '\n    title: Sold\n    owner: Sam\n    value: 5'],
])('%j becomes %j', async (before, after) => {
  expect(await added(before)).toBe(`${after}\n`)
})
