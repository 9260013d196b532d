/** Whether other files beside the plan make the same things: the questions of a comparison that ask the disk. */
import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { filesApplied, overwritten, sameId, type Rival } from '../diff/rivals.ts'
import { ownerOf } from '../live/container.ts'
import { isOf, ownerFrom, type Container, type Live, type Owner } from '../live/live.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { pointerOf } from '../plan/diagnostic.ts'
import { parsePlan } from '../plan/parse.ts'
import { readPlan, repositoryOf } from '../plan/read.ts'
import { placeText } from '../check/across-plans.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { fileIn, stepsIn } from '../resources/plan-line.ts'
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

/** Line and column of another plan's things, for those whose plan stands in this repository. */
export async function placesOfOthers(
  { file, plan }: CompiledPlan,
  { entities }: Container,
): Promise<(theirs: Live) => string | undefined> {
  const owner = ownerFrom(plan)
  const others = entities.filter((entity) => {
    const id = ownerOf(entity)
    return id !== undefined && !isOf(owner, id)
  })
  const named = new Set(others.flatMap(({ notes }) => fileIn(notes) ?? []))
  if (named.size === 0) return () => undefined
  const top = await repositoryOf(file)
  const here = [...named].filter((other) => existsSync(resolve(top, other)))
  const plans = new Map(
    await Promise.all(
      here.map(
        async (other) => [other, parsePlan(await readPlan(relative('.', resolve(top, other))))] as const,
      ),
    ),
  )
  return ({ notes, mark }) => {
    const parsed = plans.get(fileIn(notes) ?? '')
    if ((parsed?.document as { readonly plan?: unknown } | undefined)?.plan !== mark?.plan) return undefined
    const place = parsed?.locate(pointerOf(...stepsIn(notes)))
    return place && placeText(place)
  }
}
