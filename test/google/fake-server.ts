import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Seen {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

/** One answer: what to do with a request that has been read. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void

export interface FakeServer extends AsyncDisposable {
  readonly url: string
  readonly seen: readonly Seen[]
}

/** A server that gives these answers one after the other, and the last one for ever. */
export async function serve(...replies: readonly Reply[]): Promise<FakeServer> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://fake')
      const body = Buffer.concat(chunks).toString()
      const { method = '', headers } = request
      seen.push({
        method,
        path: pathname,
        query: searchParams,
        headers,
        body: body === '' ? undefined : parse(body),
      })
      replies[Math.min(seen.length, replies.length) - 1]?.(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function parse(body: string): unknown {
  return body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
}

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers })
    response.end(JSON.stringify(body))
  }

export const text =
  (body: string, status = 200, contentType = 'text/html'): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': contentType })
    response.end(body)
  }

/** GTM's error: the modern status and the old array. */
export const gtmError = (
  code: number,
  status: string,
  message: string,
  reason: string,
  headers: Record<string, string> = {},
): Reply =>
  json({ error: { code, message, status, errors: [{ message, domain: 'global', reason }] } }, code, headers)

/** GA4's error: no array. */
export const ga4Error = (code: number, status: string, message: string, details?: unknown): Reply =>
  json({ error: { code, message, status, ...(details === undefined ? {} : { details }) } }, code)

/** The request arrived and the connection is gone before any answer. */
export const drop: Reply = (_response, request) => request.socket.destroy()

/** Half an answer. */
export const cutOff: Reply = (response, request) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"tag": [')
  setTimeout(() => request.socket.destroy(), 20)
}

/** No answer, ever. */
export const silence: Reply = () => {}
