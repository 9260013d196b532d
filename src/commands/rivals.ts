/** Whether another file beside the plan makes the same things: the one question of a comparison that asks the disk. */
import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { filesApplied, overwritten, sameId, type Rival } from '../diff/rivals.ts'
import { isOf, ownerFrom, type Container, type Owner } from '../live/live.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { pointerOf } from '../plan/diagnostic.ts'
import { parsePlan } from '../plan/parse.ts'
import { readPlan, repositoryOf } from '../plan/read.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import type { CompiledPlan } from './load-plan.ts'

export async function rivalProblems(
  { file, plan }: CompiledPlan,
  content: Container,
  { changes }: ChangeSet,
): Promise<readonly Diagnostic[]> {
  const applied = [...filesApplied(content)].filter(([other]) => other !== plan.file)
  if (applied.length === 0) return []
  const top = await repositoryOf(file)
  const isHere = (other: string): boolean => existsSync(resolve(top, other))
  const rivals = await Promise.all(
    applied
      .filter(([other]) => isHere(other))
      .map(([other, things]) => rivalIn(relative('.', resolve(top, other)), ownerFrom(plan), things.length)),
  )
  return [
    ...rivals.flatMap((rival) => (rival === undefined ? [] : [sameId(rival)])),
    ...overwritten(changes, content, plan.file, isHere),
  ]
}

/** The plan in that file, if it has the id, or the one that the plan had before. */
async function rivalIn(file: string, owner: Owner, things: number): Promise<Rival | undefined> {
  const { document, locate } = parsePlan(await readPlan(file))
  const id = (document as { readonly plan?: unknown } | undefined)?.plan
  return typeof id === 'string' && isOf(owner, id)
    ? { id, file, place: locate(pointerOf('plan')), things }
    : undefined
}
