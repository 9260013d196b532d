import { dirname } from 'node:path'
import { GitError, runGit, type GitEnvironment } from './run-git.ts'

/**
 * The commit that is checked out, shortened, with `+` when the working tree has changes; undefined outside of git.
 * @param file of the repository that is meant, which need not be the one that the user works in
 */
export async function headCommit(file: string, env: GitEnvironment): Promise<string | undefined> {
  const cwd = dirname(file)
  try {
    const head = await runGit(['rev-parse', '--short=12', 'HEAD'], env, { cwd })
    const status = await runGit(['status', '--porcelain', '--untracked-files=no'], env, { cwd })
    return head.toString('utf8').trim() + (status.length > 0 ? '+' : '')
  } catch (error) {
    if (error instanceof GitError) return undefined
    throw error
  }
}
