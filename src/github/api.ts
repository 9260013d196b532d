/** The few requests to GitHub's REST API that a review needs, with its refusals in words. */

export interface GithubOptions {
  /** GITHUB_API_URL: another one on GitHub Enterprise. */
  readonly apiUrl: string
  readonly token: string
  readonly userAgent: string
  /** Waits; a test does not. */
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export type GithubProblem =
  'forbidden' | 'rate-limited' | 'not-found' | 'too-long' | 'unreachable' | 'refused'

export class GithubError extends Error {
  readonly problem: GithubProblem
  constructor(problem: GithubProblem, message: string) {
    super(message)
    this.problem = problem
  }
}

export interface Github {
  readonly get: (path: string) => Promise<unknown>
  /** All pages of a list. */
  readonly list: (path: string) => Promise<readonly unknown[]>
  readonly post: (path: string, body: object) => Promise<unknown>
  readonly patch: (path: string, body: object) => Promise<unknown>
}

type Method = 'GET' | 'POST' | 'PATCH'

const TRIES = 3
/** A review is not worth more of a runner's time. */
const LONGEST_WAIT = 60_000
const PAGES = 30

export function githubApi(options: GithubOptions): Github {
  const root = options.apiUrl.replace(/\/+$/, '')
  return {
    get: async (path) => (await request('GET', `${root}${path}`, undefined, options)).json(),
    list: async (path) => {
      const found: unknown[] = []
      let next: string | undefined = `${root}${path}${path.includes('?') ? '&' : '?'}per_page=100`
      for (let page = 0; next !== undefined && page < PAGES; page++) {
        const response: Response = await request('GET', next, undefined, options)
        const items = await response.json()
        if (!Array.isArray(items))
          throw new GithubError('refused', `GitHub answered ${path} with something other than a list.`)
        found.push(...(items as unknown[]))
        next = nextPage(response.headers.get('link'), root)
      }
      return found
    },
    post: async (path, body) => (await request('POST', `${root}${path}`, body, options)).json(),
    patch: async (path, body) => (await request('PATCH', `${root}${path}`, body, options)).json(),
  }
}

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function nextPage(link: string | null, root: string): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1]
  // The token goes nowhere else.
  return next !== undefined && new URL(next).origin === new URL(root).origin ? next : undefined
}

async function request(
  method: Method,
  url: string,
  body: object | undefined,
  options: GithubOptions,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(method, url, body, options)
    if (answer instanceof Response && answer.ok) return answer
    const wait = attempt < TRIES ? waitBefore(method, answer, attempt, options.now()) : undefined
    if (wait === undefined) throw answer instanceof Response ? await refusal(answer) : answer
    await options.sleep(wait)
  }
}

async function send(
  method: Method,
  url: string,
  body: object | undefined,
  { token, userAgent }: GithubOptions,
): Promise<Response | GithubError> {
  try {
    return await fetch(url, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'user-agent': userAgent,
        'x-github-api-version': '2022-11-28',
      },
      redirect: 'error',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch (cause) {
    const { message } = ((cause as Error).cause ?? cause) as Error
    return new GithubError('unreachable', `GitHub did not answer (${message}).`)
  }
}

/**
 * Milliseconds before the next try; undefined when there is none. A POST whose fate is not known would make a second
 * comment, so it is repeated only when GitHub says that it did nothing.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function waitBefore(
  method: Method,
  answer: Response | GithubError,
  attempt: number,
  now: number,
): number | undefined {
  const pause = 1000 * 2 ** attempt
  if (!(answer instanceof Response)) return method === 'POST' ? undefined : pause
  if (isRateLimit(answer)) {
    const after = Number(answer.headers.get('retry-after')) * 1000
    const reset = Number(answer.headers.get('x-ratelimit-reset')) * 1000 - now
    const wait =
      after > 0 ? after : answer.headers.get('x-ratelimit-remaining') === '0' ? Math.max(reset, 1000) : pause
    return wait <= LONGEST_WAIT ? wait : undefined
  }
  return answer.status >= 500 && method !== 'POST' ? pause : undefined
}

function isRateLimit({ status, headers }: Response): boolean {
  if (status === 429) return true
  return status === 403 && (headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after'))
}

async function refusal(response: Response): Promise<GithubError> {
  const text = await response.text()
  const said = messageIn(text)
  if (isRateLimit(response)) return new GithubError('rate-limited', 'GitHub’s rate limit is used up.')
  switch (response.status) {
    case 401:
    case 403:
      return new GithubError('forbidden', `GitHub does not let this token do that (${said}).`)
    case 404:
      return new GithubError(
        'not-found',
        `GitHub finds nothing there, or does not let this token see it (${said}).`,
      )
    case 422:
      return new GithubError(
        /too long/i.test(text) ? 'too-long' : 'refused',
        `GitHub refused the comment (${said}).`,
      )
    default:
      return new GithubError(
        response.status >= 500 ? 'unreachable' : 'refused',
        `GitHub answered ${response.status} (${said}).`,
      )
  }
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown }
    return typeof message === 'string' ? message.slice(0, 200) : 'no reason given'
  } catch {
    return 'no reason given'
  }
}
