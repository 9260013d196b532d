/** One page on the loopback interface, and a stream that says when it is another. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { portFailure } from './failure.ts'

export interface PageServer {
  readonly url: string
  /** From now on this is the page; readers are told. */
  readonly show: (html: string) => void
  /** The plan cannot be drawn, and why; the page before stays. */
  readonly say: (findings: string) => void
  readonly close: () => Promise<void>
}

export async function servePage(first: string, wanted: number): Promise<PageServer> {
  let html = first
  const readers = new Set<ServerResponse>()
  const tell = (event: string, data: unknown): void => {
    for (const reader of readers) reader.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const server = createServer((request, response) => {
    // A name that somebody points at this machine is no reader of ours.
    if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? '')) response.writeHead(403).end()
    else if (request.url === '/events') {
      response
        .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        .flushHeaders()
      readers.add(response)
      response.on('close', () => readers.delete(response))
    } else if (/^\/(\?|$)/.test(request.url ?? ''))
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
        .end(html)
    else response.writeHead(404).end()
  })
  const port = await listen(server, wanted)
  return {
    url: `http://127.0.0.1:${port}/`,
    show: (next) => {
      html = next
      tell('page', '')
    },
    say: (findings) => tell('findings', findings),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portFailure(error, port) ?? error))
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
