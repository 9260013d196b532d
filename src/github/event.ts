/** What GitHub Actions tells a step about the pull request that it runs for. */

export interface PullRequest {
  /** `owner/name` of the repository that the pull request is for. */
  readonly repository: string
  readonly number: number
  readonly base: { readonly sha: string; readonly ref: string }
  readonly head: { readonly sha: string }
  /** From a repository that the workflow's token may not write to. */
  readonly isFork: boolean
}

/** @param event the JSON at GITHUB_EVENT_PATH; undefined for an event without a pull request. */
export function pullRequestOf(event: unknown): PullRequest | undefined {
  const pull = field(event, 'pull_request')
  const repository = field(field(event, 'repository'), 'full_name')
  const number = field(pull, 'number')
  const [base, head] = [field(pull, 'base'), field(pull, 'head')]
  const [baseSha, baseRef, headSha] = [field(base, 'sha'), field(base, 'ref'), field(head, 'sha')]
  if (typeof repository !== 'string' || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return undefined
  if (typeof number !== 'number' || typeof baseSha !== 'string' || typeof headSha !== 'string')
    return undefined
  return {
    repository,
    number,
    base: { sha: baseSha, ref: typeof baseRef === 'string' ? baseRef : baseSha },
    head: { sha: headSha },
    isFork: field(field(head, 'repo'), 'full_name') !== repository,
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
