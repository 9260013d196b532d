/** Since when each conversion stands in its plan, and which commit changed it last: one `git blame` a file. */
import type { Commit, History } from '../docs/page.ts'
import { blameOf, type Blamed } from '../git/blame.ts'
import { openRepository } from '../git/repository.ts'
import { GitError, type GitEnvironment } from '../git/run-git.ts'
import type { Pointer } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import { conversionsOf, type Plan } from '../plan/plan.ts'

/** By the place of the conversion. Empty outside of git, and in a clone that does not reach back far enough to tell. */
export async function historyOf(
  { locate }: ParsedPlan,
  plan: Plan,
  env: GitEnvironment,
): Promise<ReadonlyMap<Pointer, History>> {
  const history = new Map<Pointer, History>()
  const places = conversionsOf(plan).flatMap(({ at }) => {
    const [key, value] = [locate(at, 'key'), locate(at, 'value')]
    return key === undefined || value === undefined || key.file !== value.file
      ? []
      : [{ at, file: key.file, from: key.line, to: value.endLine }]
  })
  try {
    const repository = await openRepository(env)
    if (repository.shallow) return history
    for (const file of new Set(places.map((place) => place.file))) {
      const lines = await blameOf(repository, file)
      for (const { at, from, to } of places.filter((place) => place.file === file)) {
        const since = lines[from - 1]
        const changed = lines.slice(from - 1, to).reduce((latest, line) => {
          if (line === undefined || latest === undefined) return latest
          // Two commits within a second: the one that the id came with was first.
          const isLater = line.time === latest.time ? latest.id === since?.id : line.time > latest.time
          return isLater ? line : latest
        }, since)
        if (since !== undefined && changed !== undefined)
          history.set(at, { since: commitOf(since), changed: commitOf(changed) })
      }
    }
  } catch (error) {
    if (!(error instanceof GitError)) throw error
  }
  return history
}

/** What is told of a commit: its second is for comparing alone. */
function commitOf({ id, day, subject }: Blamed): Commit {
  return { id, day, subject }
}
