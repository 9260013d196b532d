/** One way to call git: without a shell, without the network, and with its refusals put into words. */
import type { CommandCode } from '../codes/code.ts'
import { execFile } from 'node:child_process'

export type GitEnvironment = Readonly<Record<string, string | undefined>>

/** What git refused, in one sentence that says what to do. */
export class GitError extends Error {
  readonly code: CommandCode
  constructor(code: CommandCode, message: string, options: ErrorOptions = {}) {
    super(message, options)
    this.code = code
  }
}

/** Runs git and gives what it printed. @throws GitProblem when it fails. */
export async function runGit(
  args: readonly string[],
  env: GitEnvironment,
  options: { readonly cwd?: string; readonly maxBytes?: number } = {},
): Promise<Buffer> {
  const { cwd, maxBytes = 64 * 1024 * 1024 } = options
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...args],
      {
        ...(cwd === undefined ? {} : { cwd }),
        encoding: 'buffer',
        maxBuffer: maxBytes,
        env: {
          ...env,
          // Messages are compared with words below.
          LC_ALL: 'C',
          GIT_OPTIONAL_LOCKS: '0',
          // A partial clone would fetch what is missing; comparing two revisions needs no network.
          GIT_NO_LAZY_FETCH: '1',
          GIT_TERMINAL_PROMPT: '0',
        },
      },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout)
        else reject(new GitProblem(error as NodeJS.ErrnoException, stderr.toString('utf8')))
      },
    )
  })
}

/** A git that did not do what it was asked; the caller knows what that means. */
export class GitProblem extends GitError {
  readonly stderr: string
  readonly missing: boolean
  constructor(cause: NodeJS.ErrnoException, stderr: string) {
    super('git-is-usable', `git: ${stderr.trim().split('\n')[0] || cause.message}`, { cause })
    this.stderr = stderr
    this.missing = cause.code === 'ENOENT'
  }
}
