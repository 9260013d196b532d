import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

/**
 * Editors know the language from schemas/plan.schema.json through the YAML language server. This drives the real one
 * over stdio, as an editor does: https://microsoft.github.io/language-server-protocol/
 */
interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
}

let server: ChildProcessWithoutNullStreams
let nextId = 1
const waiting = new Map<number, (result: unknown) => void>()
const squiggles = new Map<string, (diagnostics: readonly Squiggle[]) => void>()

interface Squiggle {
  readonly message: string
  readonly range: { readonly start: { readonly line: number; readonly character: number } }
}

function send(message: Message): void {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message })
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

function request(method: string, params: unknown): Promise<unknown> {
  const id = nextId++
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    send({ id, method, params })
  })
}

function receive(message: Message): void {
  if (message.method === 'textDocument/publishDiagnostics') {
    const { uri, diagnostics } = message.params as { uri: string; diagnostics: readonly Squiggle[] }
    squiggles.get(uri)?.(diagnostics)
  } else if (message.method !== undefined && message.id !== undefined) {
    // The server asks for the editor's settings; it gets none, and does with its defaults.
    const items = (message.params as { items?: unknown[] } | undefined)?.items ?? []
    send({
      id: message.id,
      result: message.method === 'workspace/configuration' ? items.map(() => SETTINGS) : null,
    })
  } else if (message.id !== undefined) {
    waiting.get(message.id)?.(message.result)
    waiting.delete(message.id)
  }
}

const SETTINGS = { validate: true, hover: true, completion: true, schemaStore: { enable: false } }

beforeAll(async () => {
  server = spawn(process.execPath, ['node_modules/yaml-language-server/bin/yaml-language-server', '--stdio'])
  let buffer = Buffer.alloc(0)
  server.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk])
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n')
      const length = Number(/Content-Length: (\d+)/.exec(buffer.toString('utf8', 0, Math.max(end, 0)))?.[1])
      if (end === -1 || buffer.length < end + 4 + length) return
      receive(JSON.parse(buffer.toString('utf8', end + 4, end + 4 + length)) as Message)
      buffer = buffer.subarray(end + 4 + length)
    }
  })
  const rootUri = pathToFileURL('.').href
  await request('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'plans' }],
    capabilities: {
      workspace: { configuration: true },
      textDocument: { hover: { contentFormat: ['markdown'] } },
    },
  })
  send({ method: 'initialized', params: {} })
  send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml: SETTINGS } } })
})

afterAll(() => {
  server.kill()
})

let opened = 0

/** Opens a text beside the example plans and waits for what the server says about it. */
async function open(text: string): Promise<{ uri: string; diagnostics: readonly Squiggle[] }> {
  const uri = pathToFileURL(`plans/opened-${opened++}.yaml`).href
  const diagnostics = new Promise<readonly Squiggle[]>((resolve) => squiggles.set(uri, resolve))
  send({
    method: 'textDocument/didOpen',
    params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
  })
  return { uri, diagnostics: await diagnostics }
}

function placeOf(text: string, piece: string): { line: number; character: number } {
  const before = text.slice(0, text.indexOf(piece)).split('\n')
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

const outfitters = readFileSync('plans/outfitters.yaml', 'utf8')

async function completionsAt(text: string, mark: string): Promise<string[]> {
  const { line, character } = placeOf(text, mark)
  const plain = text.replace(mark, '')
  const { uri } = await open(plain)
  const result = (await request('textDocument/completion', {
    textDocument: { uri },
    position: { line, character },
  })) as {
    items: { label: string }[]
  }
  return result.items.map(({ label }) => label)
}

test.each(['outfitters', 'advisory', 'workspace'])('plans/%s.yaml has no squiggles', async (name) => {
  const { diagnostics } = await open(readFileSync(`plans/${name}.yaml`, 'utf8'))
  expect(diagnostics).toEqual([])
})

test('a misspelt field is underlined where it stands', async () => {
  const text = outfitters.replace('    outcome: revenue', '    outcom: revenue')
  const { diagnostics } = await open(text)
  expect(diagnostics.map(({ message, range }) => [message, range.start])).toEqual([
    [expect.stringContaining('outcom'), placeOf(text, 'outcom: revenue')],
  ])
})

test('a word that is not a choice is underlined', async () => {
  const { diagnostics } = await open(outfitters.replace('outcome: revenue', 'outcome: revenues'))
  expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('revenue')])
})

test('hovering a field tells what it is', async () => {
  const { uri } = await open(outfitters)
  const hover = async (piece: string): Promise<string> =>
    JSON.stringify(
      await request('textDocument/hover', { textDocument: { uri }, position: placeOf(outfitters, piece) }),
    )
  expect(await hover('currency: AED')).toContain('ISO 4217')
  expect(await hover('guardrail: {')).toContain('must not fall')
  expect(await hover('ecommerce: true')).toContain('ecommerce object of the data layer')
})

test('the fields of a plan are offered', async () => {
  const labels = await completionsAt(`${outfitters.replace('timezone: Asia/Dubai\n', '^^')}`, '^^')
  expect(labels).toEqual(expect.arrayContaining(['timezone', 'transportUrl']))
  expect(labels).not.toContain('title')
})

test('the kinds of trigger are offered, and the choices of a field', async () => {
  const kinds = await completionsAt(
    outfitters.replace(/trigger: \{ dataLayer: purchase \}.*/, 'trigger:\n      ^^'),
    '^^',
  )
  expect(kinds).toEqual(
    expect.arrayContaining(['dataLayer', 'page', 'click', 'form', 'visible', 'any', 'all']),
  )
  const outcomes = await completionsAt(outfitters.replace('outcome: revenue', 'outcome: ^^'), '^^')
  expect(outcomes).toEqual(expect.arrayContaining(['revenue', 'pipeline', 'lead']))
})
