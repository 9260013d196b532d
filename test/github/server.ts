/** A small GitHub: the endpoints that a review uses, with pages, rights and refusals, over real HTTP on loopback. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StoredComment {
  readonly id: number
  body: string
  readonly user: { readonly login: string; readonly type: string }
}

export interface Seen {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
}

/** An answer instead of the usual one, used up by one request. */
export interface Refusal {
  readonly method: string
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Cut the connection instead. */
  readonly drop?: boolean
}

export interface FakeGithub {
  readonly url: string
  readonly comments: StoredComment[]
  readonly seen: Seen[]
  readonly refusals: Refusal[]
  /** Requests to a page of comments never hold more. */
  readonly pageSize: number
  readonly close: () => Promise<void>
}

const FORBIDDEN = {
  message: 'Resource not accessible by integration',
  documentation_url: 'https://docs.github.com/rest/issues/comments#create-an-issue-comment',
  status: '403',
}

export interface Rights {
  /** False for a pull request from a fork. */
  readonly write?: boolean
  /** The person whose token it is; a workflow's token has none. */
  readonly person?: string
  readonly longest?: number
}

export async function startGithub(rights: Rights = {}): Promise<FakeGithub> {
  const { write = true, person, longest = 65_536 } = rights
  const comments: StoredComment[] = []
  const seen: Seen[] = []
  const refusals: Refusal[] = []
  const pageSize = 100
  const author =
    person === undefined ? { login: 'github-actions[bot]', type: 'Bot' } : { login: person, type: 'User' }
  let nextId = 1000

  function answer(
    method: string,
    url: URL,
    body: { body?: string },
  ): { status: number; body: unknown; link?: string } {
    const path = url.pathname
    if (method === 'GET' && path === '/user')
      return person === undefined ? { status: 403, body: FORBIDDEN } : { status: 200, body: author }
    const list = path === '/repos/harbour/measurement/issues/7/comments'
    const single = /^\/repos\/harbour\/measurement\/issues\/comments\/(\d+)$/.exec(path)
    if (method === 'GET' && list) {
      const page = Number(url.searchParams.get('page') ?? '1')
      const size = Math.min(Number(url.searchParams.get('per_page') ?? '30'), pageSize)
      const next = new URL(url)
      next.searchParams.set('page', String(page + 1))
      const more = comments.length > page * size
      return {
        status: 200,
        body: comments.slice((page - 1) * size, page * size),
        ...(more ? { link: `<${url.href}>; rel="prev", <${next.href}>; rel="next"` } : {}),
      }
    }
    if (!list && single === null) return { status: 404, body: { message: 'Not Found' } }
    if (!write) return { status: 403, body: FORBIDDEN }
    const text = body.body ?? ''
    if ([...text].length > longest)
      return {
        status: 422,
        body: {
          message: 'Validation Failed',
          errors: [{ message: `body is too long (maximum is ${longest} characters)` }],
        },
      }
    if (method === 'POST' && list) {
      const comment = { id: nextId++, body: text, user: author }
      comments.push(comment)
      return { status: 201, body: comment }
    }
    const comment = comments.find(({ id }) => id === Number(single?.[1]))
    if (method !== 'PATCH' || comment === undefined) return { status: 404, body: { message: 'Not Found' } }
    comment.body = text
    return { status: 200, body: comment }
  }

  const server: Server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`)
      const method = request.method ?? 'GET'
      seen.push({ method, path: url.pathname, authorization: request.headers.authorization })
      const index = refusals.findIndex((refusal) => refusal.method === method)
      const refusal = index < 0 ? undefined : refusals.splice(index, 1)[0]
      if (refusal?.drop === true) return request.socket.destroy()
      const result =
        refusal === undefined
          ? answer(method, url, text === '' ? {} : (JSON.parse(text) as { body?: string }))
          : { status: refusal.status, body: refusal.body ?? { message: 'No.' } }
      response.writeHead(result.status, {
        'content-type': 'application/json',
        ...refusal?.headers,
        ...('link' in result && result.link !== undefined ? { link: result.link } : {}),
      })
      response.end(JSON.stringify(result.body))
      return undefined
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    comments,
    seen,
    refusals,
    pageSize,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
