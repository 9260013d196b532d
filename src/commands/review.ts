/**
 * `plan review`: what CI says about a change of plans. Validates, compares with the base branch and tells it where
 * people look: one comment, the job's summary, annotations at the lines, outputs for later steps.
 */
import { randomUUID } from 'node:crypto'
import { appendFile, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { mergedHere, openRepository } from '../git/repository.ts'
import { GitError } from '../git/run-git.ts'
import { githubApi, GithubError } from '../github/api.ts'
import { markerOf, putComment } from '../github/comment.ts'
import { pullRequestOf, type PullRequest } from '../github/event.ts'
import { outputLines } from '../github/outputs.ts'
import { renderDiagnosticsGithub } from '../render/diagnostics-github.ts'
import { COMMENT_LIMIT, renderReviewMarkdown } from '../render/review-markdown.ts'
import { renderReviewText } from '../render/review-text.ts'
import { annotationsOf } from '../review/annotations.ts'
import type { Review } from '../review/review.ts'
import { comparePlans, type ComparePlansOptions } from './compare-plans.ts'
import { Failure, UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { paintOf } from './paint.ts'
import { VERSION } from './version.ts'

export interface ReviewOptions extends Omit<ComparePlansOptions, 'base' | 'baseName'> {
  /** The revision to compare with; in a pull request on GitHub the base branch when left out. */
  readonly base?: string
  /** False with `--no-comment`. */
  readonly comment?: boolean
  /** Tells this comment from another review's on the same pull request. */
  readonly name?: string
}

/** The summary of a job holds 1 MiB, and a code unit takes three bytes at most. */
const SUMMARY_LIMIT = 300_000

export async function reviewCommand(
  named: readonly string[],
  options: ReviewOptions,
  io: Io,
): Promise<ExitCode> {
  const pull = await pullRequest(io)
  const { review, sides, inRepository } = await comparePlans(
    named,
    { ...options, ...(await baseOf(options, pull, io)) },
    io,
  )
  const text = renderReviewText(review, { paint: paintOf(io) })
  if (io.env.GITHUB_ACTIONS === 'true') {
    io.out(withoutCommands(text, randomUUID()))
    io.out(renderDiagnosticsGithub(annotationsOf(sides, review, inRepository), NO_PLACES))
  } else io.out(text)
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = io.env
  const hasSummary = summary !== undefined && summary !== ''
  const comment =
    options.comment === false || pull === undefined
      ? undefined
      : await comments(review, pull, options.name ?? 'plans', hasSummary, io)
  if (hasSummary) {
    const note = comment?.refused === undefined ? '' : `\n> ${comment.refused}\n`
    await appendFile(summary, `${renderReviewMarkdown(review, { limit: SUMMARY_LIMIT })}${note}\n`)
  }
  if (output !== undefined && output !== '')
    await appendFile(output, outputLines(outputsOf(review, comment?.outcome ?? 'none'), randomUUID()))
  return review.summary.errors > 0 ? 1 : 0
}

/**
 * A line of a job's log that begins with `::` is a command to GitHub's runner, and a plan's title may begin so.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#stopping-and-starting-workflow-commands
 */
function withoutCommands(text: string, token: string): string {
  return `::stop-commands::${token}\n${text}::${token}::\n`
}

const NO_PLACES = { locate: () => undefined, textOf: () => undefined }

async function pullRequest(io: Io): Promise<PullRequest | undefined> {
  const path = io.env.GITHUB_EVENT_PATH
  if (path === undefined || path === '') return undefined
  try {
    return pullRequestOf(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    throw new Failure(
      'pull-request-is-readable',
      `GITHUB_EVENT_PATH leads to no event of GitHub’s: ${(error as Error).message}`,
    )
  }
}

/** GitHub checks out a merge of the branch into its base: what the pull request changes is what differs from the base. */
async function baseOf(
  options: ReviewOptions,
  pull: PullRequest | undefined,
  io: Io,
): Promise<{ readonly base: string; readonly baseName?: string }> {
  if (options.base !== undefined) return { base: options.base }
  if (pull === undefined)
    throw new UsageError(
      'Name the revision to compare with: plan review --base main. Only in a pull request on GitHub it is known.',
    )
  try {
    const merged = await mergedHere(await openRepository(io.env))
    const isMerge = merged !== undefined && merged.head === pull.head.sha
    return { base: isMerge ? merged.base : `${pull.base.sha}...`, baseName: pull.base.ref }
  } catch (error) {
    throw error instanceof GitError ? new Failure(error.code, error.message) : error
  }
}

interface Commented {
  readonly outcome: string
  /** Why there is no comment, in a sentence. */
  readonly refused?: string
}

/** Writes the comment, or says why not: a review that cannot be commented is still a review. */
async function comments(
  review: Review,
  pull: PullRequest,
  name: string,
  hasSummary: boolean,
  io: Io,
): Promise<Commented> {
  const token = io.env.GITHUB_TOKEN
  if (token === undefined || token === '')
    return refused(
      'There is no comment on the pull request: the step has no GITHUB_TOKEN in its environment.',
      io,
    )
  const github = githubApi({
    apiUrl: io.env.GITHUB_API_URL ?? 'https://api.github.com',
    token,
    userAgent: `measurement-plan/${VERSION}`,
    sleep,
    now: () => io.now().getTime(),
  })
  const rest = hasSummary ? 'see the job summary' : 'see the job’s log'
  const write = (limit: number): Promise<string> =>
    putComment(
      github,
      pull,
      markerOf(name),
      renderReviewMarkdown(review, { limit, rest }),
      review.plans.length > 0,
    )
  try {
    return { outcome: await write(COMMENT_LIMIT).catch((error: unknown) => shorter(error, write)) }
  } catch (error) {
    if (!(error instanceof GithubError)) throw error
    return refused(`There is no comment on the pull request: ${reason(error, pull)}`, io)
  }
}

/** GitHub counts characters in its own way; when it finds too many, half of them will do. */
function shorter(error: unknown, write: (limit: number) => Promise<string>): Promise<string> {
  if (error instanceof GithubError && error.problem === 'too-long') return write(COMMENT_LIMIT / 2)
  throw error
}

function reason(error: GithubError, pull: PullRequest): string {
  if (error.problem !== 'forbidden' && error.problem !== 'not-found') return error.message
  return pull.isFork
    ? 'it comes from a fork, and GitHub gives such a run a token that may only read. The review is complete here.'
    : `${error.message} Give the job \`permissions: pull-requests: write\`.`
}

function refused(sentence: string, io: Io): Commented {
  io.err(`${sentence}\n`)
  return { outcome: 'refused', refused: sentence }
}

function outputsOf(
  { verdict, summary }: Review,
  comment: string,
): Readonly<Record<string, string | number | boolean>> {
  const { resources, newFindings, errors, business } = summary
  return {
    'has-changes': verdict.level !== 'none',
    verdict: verdict.level,
    'plan-changes': business.added + business.removed + business.changed,
    creates: resources.create,
    updates: resources.update,
    renames: resources.rename,
    deletes: resources.delete,
    errors,
    'new-warnings': newFindings.warning,
    comment,
  }
}
