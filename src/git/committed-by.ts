import { dirname } from 'node:path'
import { GitError, runGit, type GitEnvironment } from './run-git.ts'

/**
 * Who wrote a commit and when (`2026-11-22T12:00:00+01:00`); nothing where the repository does not have it.
 * @param commit shortened; a `+` behind it, for a working tree that had changes, is not looked at
 * @param file of the repository that is meant
 */
export async function committedBy(
  commit: string,
  file: string,
  env: GitEnvironment,
): Promise<{ readonly author?: string; readonly at?: string }> {
  const id = /^([0-9a-f]{7,64})\+?$/.exec(commit)?.[1]
  if (id === undefined) return {}
  try {
    const asked = ['show', '--no-patch', '--format=%an%x00%aI', `${id}^{commit}`, '--']
    const shown = await runGit(asked, env, { cwd: dirname(file) })
    const [author = '', at = ''] = shown.toString('utf8').trim().split('\0')
    return { author, at }
  } catch (error) {
    if (error instanceof GitError) return {}
    throw error
  }
}
