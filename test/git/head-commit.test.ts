import { join } from 'node:path'
import { expect, test } from 'vitest'
import { committedBy } from '../../src/git/committed-by.ts'
import { headCommit } from '../../src/git/head-commit.ts'
import { newFolder, newRepository, write } from './repositories.ts'

test('the commit is that of the plan’s repository, wherever one works', async () => {
  const theirs = newRepository()
  const plan = join(theirs, 'plans/shop.yaml')
  const of = await headCommit(plan, process.env)
  expect(of).toMatch(/^[0-9a-f]{12}$/)
  newRepository({ 'other.txt': 'nothing of theirs' })
  expect(await headCommit(plan, process.env)).toBe(of)
  expect(await committedBy(of ?? '', plan, process.env)).toMatchObject({ author: 'Tester' })
  expect(await committedBy(of ?? '', 'other.txt', process.env)).toEqual({})
  write({ 'other.txt': 'changed, not committed' })
  expect(await headCommit(plan, process.env)).toBe(of)
  expect(await headCommit('other.txt', process.env)).toMatch(/^[0-9a-f]{12}\+$/)
  newFolder()
  expect(await headCommit(plan, process.env)).toBe(of)
  expect(await headCommit('plan.yaml', process.env)).toBe(undefined)
})
