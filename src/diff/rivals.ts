/**
 * Two plans that take one thing for their own would undo each other's work with every apply, each of them with a quiet list of
 * updates. Two ways lead there: two files with one id, and two plans that give one name in a container.
 */
import type { Container, Live } from '../live/live.ts'
import { isEntity } from '../kinds/kinds.ts'
import { nameOfAnotherPlan } from './conflicts.ts'
import { withOwnNamesAsKeys } from './diff-gtm.ts'
import { matchLive } from './match.ts'
import { pointerOf, type Diagnostic, type Location } from '../plan/diagnostic.ts'
import type { Change } from '../resources/change-set.ts'
import { resourceId } from '../resources/key.ts'
import { fileIn } from '../resources/plan-line.ts'
import type { EntityKind, Resource } from '../resources/resource.ts'
import { plural } from '../words/counting.ts'

/** The files that the plan's own things were applied from, with what stands from each. */
export function filesApplied({ entities }: Container): ReadonlyMap<string, readonly Live<EntityKind>[]> {
  const files = new Map<string, readonly Live<EntityKind>[]>()
  for (const entity of entities.filter(({ ours }) => ours)) {
    const file = fileIn(entity.notes)
    if (file !== undefined) files.set(file, [...(files.get(file) ?? []), entity])
  }
  return files
}

/** A plan file that stands beside the one at hand and has its id. */
export interface Rival {
  /** The plan's id, or the one that it had before. */
  readonly id: string
  readonly file: string
  /** Where it says its id. */
  readonly place: Location | undefined
  /** How many things in the container were applied from it. */
  readonly things: number
}

/** What the plan is called is said twice. */
export function sameId({ id, file, place, things }: Rival): Diagnostic {
  const where = place === undefined ? file : `${place.file}:${place.line}:${place.column}`
  return {
    severity: 'error',
    code: 'plan-id-is-taken',
    message: `The plan ${where} has the id "${id}", too, and ${plural(things, 'thing')} in the container came from it: each apply of the one would undo the other.`,
    fix: 'give one of the two an id of its own, or a container of its own; if one is an old copy, delete it',
    at: pointerOf('plan'),
  }
}

/**
 * A file that is not here any more may have been renamed, or lie in another repository: that is said where it would be
 * overwritten, and only there.
 *
 * @param here whether there is such a file beside the plan, whatever it says
 */
export function overwritten(
  changes: readonly Change[],
  content: Container,
  file: string,
  here: (file: string) => boolean,
): readonly Diagnostic[] {
  const touched = new Set(changes.filter(({ action }) => action !== 'create').map(resourceId))
  const elsewhere = [...filesApplied(content)].flatMap(([other, entities]) =>
    other !== file && !here(other) && entities.some((entity) => touched.has(resourceId(entity)))
      ? [other]
      : [],
  )
  return elsewhere.map((other) => ({
    severity: 'warning',
    code: 'applied-from-another-file',
    message: `What would be changed was last applied from ${other}, which is not here.`,
    fix: `nothing is to be done if that file was renamed to ${file}; if another repository holds it, give one of the two plans an id of its own`,
    at: pointerOf('plan'),
  }))
}

/**
 * The names that a plan would give in a container in which another one has been applied, and that mean something else there.
 *
 * @param content the container as the other plan makes it
 * @param placeOf where the other plan asks for one of its things
 */
export function namesFoughtOver(
  compiled: readonly Resource[],
  plan: string,
  content: Container,
  placeOf: (theirs: Live<EntityKind>) => string | undefined,
): readonly Diagnostic[] {
  const desired = withOwnNamesAsKeys(compiled)
  const { conflicts } = matchLive(desired, { plan, content }, () => false)
  return desired.filter(isEntity).flatMap((resource) => {
    const theirs = conflicts.get(resourceId(resource))
    return theirs === undefined ? [] : [nameOfAnotherPlan(resource, theirs, placeOf(theirs))]
  })
}
