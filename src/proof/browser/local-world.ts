/**
 * The whole internet of a run, on one loopback port: the site, `gtm.js`, `gtag/js`, the collect addresses, vendors'
 * scripts. The browser finds every host here and nothing else; http and https share the port, told apart by the first byte.
 */
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { createServer as createNet, type AddressInfo, type Socket } from 'node:net'
import { selfSigned } from './certificate.ts'

/** One request of a page, as far as an answer depends on it. */
export interface Asked {
  readonly method: string
  readonly url: URL
  readonly body: Buffer
  readonly headers: IncomingMessage['headers']
  /** Aborted once nobody waits for the answer any more: what is asked elsewhere for it would keep the process. */
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly headers: { readonly [name: string]: string | readonly string[] }
  readonly body: string | Buffer
}

export interface LocalWorld {
  readonly port: number
  readonly close: () => Promise<void>
}

/** Opens the port; every request goes to `answer`. One that throws is answered 500. */
export async function openWorld(
  answer: (asked: Asked) => Answer | Promise<Answer>,
  now: Date,
): Promise<LocalWorld> {
  const listener =
    (scheme: string) =>
    (request: IncomingMessage, response: ServerResponse): void =>
      void respond(scheme, request, response, answer)
  const plain = createHttp(listener('http'))
  const secure = createHttps({ ...selfSigned(now) }, listener('https'))
  const sockets = new Set<Socket>()
  const front = createNet((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.once('data', (first) => {
      socket.pause()
      // A TLS handshake begins with 0x16 (RFC 8446, 5.1).
      ;(first[0] === 0x16 ? secure : plain).emit('connection', socket)
      socket.unshift(first)
      socket.resume()
    })
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return {
    port: (front.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

async function respond(
  scheme: string,
  request: IncomingMessage,
  response: ServerResponse,
  answer: (asked: Asked) => Answer | Promise<Answer>,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = 'GET', headers } = request
    const url = new URL(`${scheme}://${headers.host ?? 'localhost'}${request.url ?? '/'}`)
    const {
      status,
      headers: fields,
      body,
    } = await answer({ method, url, body: Buffer.concat(chunks), headers, signal: gone.signal })
    response.writeHead(status, fields as Record<string, string | string[]>)
    response.end(method === 'HEAD' ? undefined : body)
  } catch (error) {
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
    response.end(error instanceof Error ? error.message : String(error))
  }
}
