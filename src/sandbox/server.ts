/**
 * The sandbox: a local server that speaks the Tag Manager API v2 and the Admin API, so that Google's own clients can be used
 * unchanged against it. Listens on loopback only.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { perform } from './acts.ts'
import { answerApi, parseJson, type Answer } from './answer.ts'
import { defaultBehaviour } from './behaviour.ts'
import { runControl } from './control.ts'
import { addExportRows } from './data/exports.ts'
import { discoveryDocument } from './discovery.ts'
import type { Fault } from './faults.ts'
import { guard } from './guard.ts'
import { answerPage, PAGE_HEADERS } from './page/page.ts'
import { sendOdd } from './odd-answers.ts'
import { findRoute } from './routes.ts'
import { seedContainer } from './seed.ts'
import { readState, SandboxStateError } from './state-file.ts'
import { Keeper } from './state-keeper.ts'
import { Store } from './store.ts'
import { World } from './world.ts'

export { SandboxStateError } from './state-file.ts'

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** Where the state is kept; in memory only without it. */
  readonly stateFile?: string
  /** A parsed container export. */
  readonly seed?: unknown
  /** Rows of the GA4 export, for the reports of every property. */
  readonly ga4Export?: readonly unknown[]
  readonly quota?: 'none' | 'published' | 'observed'
  /** Whether containers and properties that are named come into being on first use; true by default. */
  readonly autoCreate?: boolean
}

export interface Sandbox {
  /** http://127.0.0.1:PORT */
  readonly url: string
  close(): Promise<void>
}

/** Starts one. Rejects with a SandboxStateError when the state file cannot be used. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const state = options.stateFile === undefined ? undefined : readState(options.stateFile)
  if (options.seed !== undefined && state !== undefined) {
    throw new SandboxStateError(
      'sandbox-seed-beside-state',
      `The sandbox's state file ${String(options.stateFile)} holds a state already, so there is nowhere to put the seed: leave the seed away, or begin with another state file.`,
    )
  }
  const store = new Store(defaultBehaviour(), {
    autoCreate: options.autoCreate ?? true,
    ...(state && { state }),
  })
  const world = new World(store, options.quota ?? 'none')
  const keeper = new Keeper(world, options.stateFile, state !== undefined)
  if (options.seed !== undefined) seedContainer(store, options.seed)
  if (options.ga4Export !== undefined) addExport(store, options.ga4Export)
  keeper.save()

  const server = createServer((request, response) => {
    serve(world, keeper, request, response).catch((error: unknown) => fail(response, error))
  })
  const port = await listen(server, options.port ?? 0)
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) }
}

function addExport(store: Store, rows: readonly unknown[]): void {
  try {
    addExportRows(store, rows)
  } catch (error) {
    throw new SandboxStateError('sandbox-export-unusable', (error as Error).message, { cause: error })
  }
}

async function serve(
  world: World,
  keeper: Keeper,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = guard(request)
  if (refusal) return send(response, refusal)
  const method = request.method ?? 'GET'
  const url = new URL(request.url ?? '/', 'http://sandbox')
  const path = url.pathname
  const bodyText = await readBody(request, path)
  if (bodyText === undefined) return send(response, TOO_LARGE)
  if (path === '/_sandbox' || path.startsWith('/_sandbox/')) {
    const { status, text } = control(world, method, path, bodyText)
    keeper.save()
    return send(response, { status, body: text, contentType: 'application/json; charset=UTF-8' })
  }

  const ownUrl = `http://${request.headers.host ?? ''}`
  if (path === '/$discovery/rest') return send(response, discovery(url.searchParams.get('version'), ownUrl))
  if (method === 'GET') {
    const page = await answerPage(world, path, ownUrl)
    if (page) return send(response, page, PAGE_HEADERS)
  }
  const match = findRoute(method, path)
  const seen = {
    method,
    path: `${path}${url.search}`,
    api: match && `${match.route.api.api}.${match.route.method.id}`,
  }
  const fault = world.faults.take({ ...seen, api: match?.route.method.id })
  const time = new Date(world.store.clock.now()).toISOString()
  if (fault?.delayMs !== undefined) await world.store.clock.wait(fault.delayMs)
  const replaced =
    fault !== undefined &&
    (fault.status !== undefined || fault.drop === true || (fault.answer ?? 'drip') !== 'drip')
  const others = () => void perform(world, fault?.then ?? [], match?.ids)
  if (fault?.when === 'before') others()
  let answer: Answer | undefined
  if (!replaced || fault.when === 'after') {
    const { authorization } = request.headers
    answer = answerApi(world, match, { method, path, query: url.searchParams, authorization, bodyText })
  }
  if (fault?.when === 'after') others()
  keeper.save()
  const { api, ...rest } = seen
  const dropped = fault?.drop === true
  const status = dropped ? undefined : replaced ? fault.status : answer?.status
  const given = replaced ? faultAnswer(fault) : answer
  world.see({ time, ...rest, ...(api !== undefined && { api }), ...(status !== undefined && { status }) })
  if (dropped) return void request.socket.destroy()
  if (given && fault?.answer) return sendOdd(fault.answer, response, given, fault.everyMs ?? 1000)
  if (given) send(response, given, fault?.headers)
}

function discovery(version: string | null, rootUrl: string): Answer {
  const document = discoveryDocument(version, rootUrl)
  const body = document ?? {
    error: { code: 404, message: 'version may be v2, v1beta or v1alpha.', status: 'NOT_FOUND' },
  }
  return {
    status: document ? 200 : 404,
    body: JSON.stringify(body, null, 2),
    contentType: 'application/json; charset=UTF-8',
  }
}

function control(
  world: World,
  method: string,
  path: string,
  bodyText: string,
): { status: number; text: string } {
  let body: unknown
  try {
    body = bodyText.trim() === '' ? {} : parseJson(bodyText)
  } catch (error) {
    return { status: 400, text: JSON.stringify({ error: error instanceof Error ? error.message : '' }) }
  }
  return runControl(world, method, path, body)
}

function faultAnswer(fault: Fault): Answer {
  const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {})
  return { status: fault.status ?? 500, body, contentType: 'application/json; charset=UTF-8' }
}

// A container export may be large; nothing that a client sends to Google's paths is (assumed: 10 MB).
const MAX_BODY = 10 * 1024 * 1024
const MAX_CONTROL_BODY = 100 * 1024 * 1024
const TOO_LARGE: Answer = {
  status: 413,
  body: JSON.stringify({
    error: { code: 413, message: 'Request Entity Too Large', status: 'INVALID_ARGUMENT' },
  }),
  contentType: 'application/json; charset=UTF-8',
}

/** Undefined where there is more than the sandbox will take. */
async function readBody(request: IncomingMessage, path: string): Promise<string | undefined> {
  const limit = path.startsWith('/_sandbox/') ? MAX_CONTROL_BODY : MAX_BODY
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    // What is too much is read to its end and thrown away, so that the client gets to see the answer.
    if (size <= limit) chunks.push(chunk)
  }
  return size > limit ? undefined : Buffer.concat(chunks).toString('utf8')
}

function send(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(answer.body)
  response.writeHead(answer.status, {
    ...(answer.contentType !== undefined && { 'content-type': answer.contentType }),
    ...(answer.status !== 204 && { 'content-length': body.length }),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(answer.status === 204 ? undefined : body)
}

/** A mistake of the sandbox's own: Google's 500, with the reason, so that it can be reported. */
function fail(response: ServerResponse, error: unknown): void {
  const message = error instanceof SandboxStateError || error instanceof Error ? error.message : String(error)
  const body = JSON.stringify({
    error: { code: 500, message: `The sandbox failed: ${message}`, status: 'INTERNAL' },
  })
  if (response.headersSent) response.destroy()
  else send(response, { status: 500, body, contentType: 'application/json; charset=UTF-8' })
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
