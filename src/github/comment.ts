/** One comment on a pull request, found by a hidden marker and edited in place. */
import { GithubError, type Github } from './api.ts'
import type { PullRequest } from './event.ts'

export type CommentOutcome = 'created' | 'updated' | 'unchanged' | 'not needed'

/** The first line of our comment: nobody sees it. */
export function markerOf(name: string): string {
  return `<!-- measurement-plan review: ${name.replaceAll(/[^\w.-]/g, '_')} -->`
}

/**
 * Writes the comment.
 * @param needed when false, a comment is only brought up to date if there is one already.
 */
export async function putComment(
  github: Github,
  pull: PullRequest,
  marker: string,
  markdown: string,
  needed: boolean,
): Promise<CommentOutcome> {
  const body = `${marker}\n${markdown}`
  const own = await ownComment(github, pull, marker)
  if (own === undefined && !needed) return 'not needed'
  if (own?.body === body) return 'unchanged'
  if (own !== undefined) {
    try {
      await github.patch(`/repos/${pull.repository}/issues/comments/${own.id}`, { body })
      return 'updated'
    } catch (error) {
      // Somebody deleted it in between.
      if (!(error instanceof GithubError) || error.problem !== 'not-found') throw error
    }
  }
  await github.post(`/repos/${pull.repository}/issues/${pull.number}/comments`, { body })
  return 'created'
}

interface Comment {
  readonly id: number
  readonly body: string
  readonly user: { readonly login: string; readonly type: string } | null
}

/** A stranger can write the marker too, and a token that may write could overwrite their comment: only ours counts. */
async function ownComment(github: Github, pull: PullRequest, marker: string): Promise<Comment | undefined> {
  const comments = (await github.list(
    `/repos/${pull.repository}/issues/${pull.number}/comments`,
  )) as Comment[]
  const marked = comments.filter(({ body }) => body?.startsWith(marker) === true)
  if (marked.length === 0) return undefined
  const login = await ownLogin(github)
  return marked.find(({ user }) => (login === undefined ? user?.type === 'Bot' : user?.login === login))
}

/** The name of the person whose token it is; undefined for the token of a workflow, which has no user. */
async function ownLogin(github: Github): Promise<string | undefined> {
  try {
    const { login } = (await github.get('/user')) as { login?: unknown }
    return typeof login === 'string' ? login : undefined
  } catch (error) {
    if (error instanceof GithubError && (error.problem === 'forbidden' || error.problem === 'not-found'))
      return undefined
    throw error
  }
}
