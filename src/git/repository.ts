/** The repository that the working directory lies in, and its revisions. */
import { realpath } from 'node:fs/promises'
import { isAbsolute, posix, relative, resolve, sep } from 'node:path'
import { GitError, GitProblem, runGit, type GitEnvironment } from './run-git.ts'

export interface Repository {
  /** The folder that holds it. */
  readonly top: string
  readonly shallow: boolean
  /** A path as the user names it, as git names it: from the top, with forward slashes. Undefined when outside. */
  readonly inside: (path: string) => string | undefined
  /** And back. */
  readonly outside: (path: string) => string
  readonly git: (...args: readonly string[]) => Promise<Buffer>
}

export async function openRepository(env: GitEnvironment): Promise<Repository> {
  const answer = await runGit(['rev-parse', '--is-shallow-repository', '--show-toplevel'], env).catch(
    (error: unknown) => {
      throw error instanceof GitProblem ? notARepository(error) : error
    },
  )
  const [shallow = '', ...rest] = answer.toString('utf8').trimEnd().split('\n')
  const top = rest.join('\n')
  const here = await realpath('.')
  return {
    top,
    shallow: shallow === 'true',
    inside: (path) => {
      const full = isAbsolute(path) ? path : resolve(here, path)
      const way = relative(top, full).split(sep).join(posix.sep)
      return way === '..' || way.startsWith('../') || isAbsolute(way) ? undefined : way
    },
    outside: (path) => relative(here, resolve(top, path)).split(sep).join(posix.sep),
    git: (...args) => runGit(args, env, { cwd: top }),
  }
}

function notARepository(problem: GitProblem): Error {
  if (problem.missing)
    return new GitError(
      'git-is-usable',
      '--base needs git, and there is no git on this machine: install it, or compare with --against.',
    )
  if (problem.stderr.includes('dubious ownership'))
    return new GitError(
      'git-is-usable',
      'git does not trust this folder because it belongs to somebody else: run `git config --global --add safe.directory "$PWD"`.',
    )
  if (problem.stderr.includes('not a git repository'))
    return new GitError(
      'git-is-usable',
      '--base compares with another git revision, and this folder is in no git repository: run it inside one.',
    )
  return new GitError('git-is-usable', `git cannot be used here: ${problem.message}`)
}

/**
 * The commit that a revision means. With three dots behind it (`main...`) the commit where this branch left it, so
 * that what happened there since does not show.
 */
export async function commitOf(repository: Repository, ref: string): Promise<string> {
  const name = ref.replace(/\.\.\.(HEAD)?$/, '')
  // A revision cannot begin so, but an option of git's can.
  if (name === '' || name.startsWith('-') || /[\s\p{Cc}]/u.test(name)) throw unknownRevision(repository, ref)
  const commit = await repository
    .git('rev-parse', '--verify', '--quiet', `${name}^{commit}`)
    .then((answer) => answer.toString('utf8').trim())
    .catch((error: unknown) => {
      throw error instanceof GitProblem ? unknownRevision(repository, name) : error
    })
  if (name === ref) return commit
  return repository
    .git('merge-base', commit, 'HEAD')
    .then((answer) => answer.toString('utf8').trim())
    .catch((error: unknown) => {
      throw error instanceof GitProblem ? noCommonPast(repository, name) : error
    })
}

/** The two sides of a merge commit that is checked out, as GitHub makes one of every pull request. */
export async function mergedHere(
  repository: Repository,
): Promise<{ readonly base: string; readonly head: string } | undefined> {
  const answer = await repository.git('rev-list', '--parents', '--max-count=1', 'HEAD')
  const [, base, head, ...more] = answer.toString('utf8').trim().split(' ')
  return base === undefined || head === undefined || more.length > 0 ? undefined : { base, head }
}

const DEEPEN =
  'fetch more of it with `git fetch --unshallow`, in GitHub Actions with `fetch-depth: 0` of actions/checkout.'

function unknownRevision({ shallow }: Repository, ref: string): GitError {
  return new GitError(
    'revision-is-known',
    shallow
      ? `This clone is shallow and does not hold the revision "${ref}": ${DEEPEN}`
      : `There is no revision "${ref}" in this repository: check the spelling, or fetch it with \`git fetch origin ${/^[\w./-]+$/.test(ref) ? ref.replace(/^origin\//, '') : 'main'}\`.`,
  )
}

function noCommonPast({ shallow }: Repository, ref: string): GitError {
  return new GitError(
    'revision-is-known',
    shallow
      ? `This clone is shallow and does not reach back to where the branch left "${ref}": ${DEEPEN}`
      : `This branch and "${ref}" have no commit in common: name a revision that this branch came from.`,
  )
}
