import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readPlan, readPlanWith, readTextFile, type PlanSource } from '../../src/plan/read.ts'

/**
 * The plans under test/bad-plans: one folder each, named for what is wrong with it. Its `plan.diff` (unified) makes it of
 * `base.yaml`, in which nothing is wrong; where nothing of the base is left, the folder holds the whole `plan.yaml`.
 */
export const BAD_PLANS = readdirSync('test/bad-plans', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

const base = readFileSync('test/bad-plans/base.yaml', 'utf8')

export function readBadPlan(name: string): Promise<PlanSource> {
  const folder = `test/bad-plans/${name}`
  if (!existsSync(`${folder}/plan.diff`)) return readPlan(`${folder}/plan.yaml`)
  const text = patched(base, readFileSync(`${folder}/plan.diff`, 'utf8'))
  // The plan itself is made here; a file that it takes in stands beside its diff.
  return readPlanWith(`${folder}/plan.yaml`, async (path) =>
    path === `${folder}/plan.yaml` ? { text } : readTextFile(path, '.'),
  )
}

/** A text with a unified diff made in it. A hunk that does not fit throws: the base was changed and the plan was not. */
export function patched(text: string, diff: string): string {
  const before = text.split('\n')
  const after: string[] = []
  let next = 0
  for (const line of diff.split('\n').filter((each) => each !== '')) {
    const start = /^@@ -(\d+)/.exec(line)?.[1]
    if (start !== undefined) {
      after.push(...before.slice(next, Number(start) - 1))
      next = Number(start) - 1
    } else if (line.startsWith('+')) after.push(line.slice(1))
    else {
      if (before[next] !== line.slice(1))
        throw new Error(`line ${next + 1} of the base is not "${line.slice(1)}"`)
      if (line.startsWith(' ')) after.push(line.slice(1))
      next++
    }
  }
  return [...after, ...before.slice(next)].join('\n')
}
