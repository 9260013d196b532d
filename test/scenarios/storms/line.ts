/**
 * The line between the product and its sandbox, as a server of its own: it counts requests, and at a chosen one
 * somebody else acts, the answer is another, the connection breaks, or all is over. Works for a command in this process and for one in a child.
 */
import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Weather {
  /** The request of that number since the weather was set (the first is 0), or the first of that method and path. */
  readonly at: number | RegExp
  /** How often it happens where it goes by method and path; once when left out. */
  readonly times?: number
  /** Before the request has its effect, or after. */
  readonly when: 'before' | 'after'
  readonly does:
    | { readonly kind: 'answer'; readonly status: number; readonly body?: unknown }
    | { readonly kind: 'cut' }
    /** The process is gone, or as good as: nothing passes any more. */
    | { readonly kind: 'end'; readonly then?: () => void }
    /** Told the method and path of the request that it comes before or after. */
    | { readonly kind: 'people'; readonly act: (request: string) => Promise<void> }
}

const GOOGLE = /^\/(tagmanager|v1beta|v1alpha)\//

export class Line {
  readonly url: string
  readonly #target: URL
  readonly #server: Server
  readonly #agent = new Agent({ keepAlive: true })
  #weather: readonly Weather[] = []
  #happened = new Map<Weather, number>()
  #count = 0
  #isDead = false
  /** Requests that passed, by method and path without query. */
  readonly passed: string[] = []

  private constructor(server: Server, target: string, port: number) {
    this.#server = server
    this.#target = new URL(target)
    this.url = `http://127.0.0.1:${port}`
  }

  static async to(target: string): Promise<Line> {
    const made: { line?: Line } = {}
    const server = createServer((incoming, response) => {
      made.line?.pass(incoming, response).catch(() => incoming.socket.destroy())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    made.line = new Line(server, target, (server.address() as AddressInfo).port)
    return made.line
  }

  set(weather: readonly Weather[]): void {
    this.#weather = weather
    this.#happened = new Map()
    this.#count = 0
    this.#isDead = false
    this.passed.length = 0
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#agent.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  private async pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
    const path = incoming.url ?? ''
    const name = `${incoming.method ?? ''} ${path.split('?')[0] ?? ''}`
    const number = GOOGLE.test(path) ? this.#count++ : -1
    if (await this.#happens(number, 'before', name, incoming, response)) return
    const answer = await this.#forward(incoming, Buffer.concat(chunks))
    if (number >= 0) this.passed.push(name)
    if (await this.#happens(number, 'after', name, incoming, response)) return
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body)
  }

  /** Whether the request has its end in what happens. */
  async #happens(
    number: number,
    when: Weather['when'],
    name: string,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> {
    const now = this.#weather.filter((each) => each.when === when && this.#isDue(each, number, name))
    for (const { does } of now) {
      if (does.kind === 'people' && !this.#isDead) await does.act(name)
      if (does.kind === 'end') {
        this.#isDead = true
        does.then?.()
      }
      if (does.kind === 'answer' && !this.#isDead) {
        const body = JSON.stringify(does.body ?? {})
        response.writeHead(does.status, { 'content-type': 'application/json; charset=UTF-8' })
        response.end(body)
        return true
      }
      if (does.kind === 'cut') {
        incoming.socket.destroy()
        return true
      }
    }
    if (this.#isDead && number >= 0) incoming.socket.destroy()
    return this.#isDead && number >= 0
  }

  #isDue(weather: Weather, number: number, name: string): boolean {
    if (typeof weather.at === 'number') return weather.at === number
    const before = this.#happened.get(weather) ?? 0
    if (before >= (weather.times ?? 1) || !weather.at.test(name)) return false
    this.#happened.set(weather, before + 1)
    return true
  }

  #forward(
    { method, url, headers }: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const { hostname, port, host } = this.#target
      const outgoing = request(
        { hostname, port, path: url, method, headers: { ...headers, host }, agent: this.#agent },
        (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('error', reject)
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 500,
              headers: answer.headers,
              body: Buffer.concat(chunks),
            }),
          )
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }
}
