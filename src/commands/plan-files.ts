/** Which plan file is meant when none, one or several are named. */
import { readdir } from 'node:fs/promises'
import { Failure } from './failure.ts'

/** The files named, else every plan in plans/. Paths stay as the user wrote them. */
export async function planFiles(named: readonly string[]): Promise<readonly string[]> {
  if (named.length > 0) return named
  const found = await plansIn(PLANS)
  if (found.length > 0) return found
  throw new Failure('There is no plan in plans/. Name a file, or write a first plan with: plan init')
}

/** The file named, else the only plan in plans/. */
export async function planFile(named: string | undefined): Promise<string> {
  if (named !== undefined) return named
  const found = await planFiles([])
  if (found[0] !== undefined && found.length === 1) return found[0]
  throw new Failure(`There are ${found.length} plans in plans/: ${found.join(', ')}. Name the one you mean.`)
}

/** Where plans are looked for when none is named. */
export const PLANS = 'plans'

export function isPlanFile(file: string): boolean {
  return /\.ya?ml$/.test(file)
}

export async function plansIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch(() => [])
  return entries
    .filter(isPlanFile)
    .sort()
    .map((entry) => `${folder}/${entry}`)
}
