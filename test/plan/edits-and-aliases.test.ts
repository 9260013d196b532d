/** What is edited where it is an alias changes there alone: the anchor is somebody else's. */
import { expect, test } from 'vitest'
import { applyEdits } from '../../src/plan/edit.ts'
import type { Edit } from '../../src/plan/diagnostic.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'

async function edited(text: string, ...edits: readonly Edit[]): Promise<string | undefined> {
  const parsed = parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text })))
  return applyEdits(parsed, edits).files.get('plan.yaml')
}

const goals = (a: string, b: string): string =>
  `version: 1\nowner: &o Sam\ngoals:\n  a: ${a}\n  b:\n    ${b}\n`
const A = '{ title: A, owner: *o, target: &t { rate: 8%, of: sessions } }'

test.each<readonly [string, Edit, string]>([
  ['owner: *o # ours', { set: '/goals/b/owner', value: 'Kim' }, 'owner: Kim # ours'],
  ['target: *t', { set: '/goals/b/target/rate', value: '9%' }, 'target: { rate: 9%, of: sessions }'],
  ['target: *t', { remove: '/goals/b/target/of' }, 'target: { rate: 8% }'],
  ['title: B\n    owner: *o', { remove: '/goals/b/owner' }, 'title: B'],
])('%j with %j is %j, and the anchor stays', async (before, edit, after) => {
  expect(await edited(goals(A, before), edit)).toBe(goals(A, after))
})

test('in braces, too', async () => {
  expect(await edited(goals(A, 'title: B'), { set: '/goals/a/owner', value: 'x, y' })).toBe(
    goals(A.replace('*o', '"x, y"'), 'title: B'),
  )
})
