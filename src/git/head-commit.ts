import { GitError, runGit, type GitEnvironment } from './run-git.ts'

/** The commit that is checked out, shortened, with `+` when the working tree has changes; undefined outside of git. */
export async function headCommit(env: GitEnvironment): Promise<string | undefined> {
  try {
    const head = await runGit(['rev-parse', '--short=12', 'HEAD'], env)
    const status = await runGit(['status', '--porcelain', '--untracked-files=no'], env)
    return head.toString('utf8').trim() + (status.length > 0 ? '+' : '')
  } catch (error) {
    if (error instanceof GitError) return undefined
    throw error
  }
}
