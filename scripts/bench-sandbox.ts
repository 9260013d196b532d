/**
 * How fast the sandbox is with a container of 5,000 entities, what memory it takes, and how long it takes to start as a
 * ratio to a bare node. Each figure is a median of several turns.
 *
 *   npx tsx scripts/bench-sandbox.ts
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { median } from './median.ts'

const ENTITIES = 5000
const folder = mkdtempSync(join(tmpdir(), 'sandbox-bench-'))
const script = join(folder, 'sandbox.mjs')
const agent = new Agent({ keepAlive: true, maxSockets: 4 })

await build({
  entryPoints: [join(import.meta.dirname, '../test/sandbox/sandbox-process.ts')],
  outfile: script,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
})

function start(stateFile?: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [script, ...(stateFile === undefined ? [] : [stateFile])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve({ child, url: data.toString().trim() }))
    child.once('error', reject)
  })
}

function send(url: string, method: string, path: string, body?: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url + path,
      { method, agent, headers: { authorization: 'Bearer x' } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          if ((response.statusCode ?? 500) >= 400)
            reject(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 300)}`))
          else resolve(text)
        })
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const template = (key: string, value: string) => ({ type: 'TEMPLATE', key, value })
const row = (name: string) => ({
  type: 'MAP',
  map: [template('parameter', name), template('parameterValue', `{{Variable ${name}}}`)],
})

/** 2,000 tags, 1,500 triggers and 1,500 variables, as an export writes them. */
function exported() {
  const owner = { accountId: '1', containerId: '2' }
  const variables = Array.from({ length: 1500 }, (_, n) => ({
    ...owner,
    variableId: String(10_000 + n),
    name: `Variable ${n}`,
    type: 'v',
    parameter: [template('name', `a.b${n}`)],
    fingerprint: '1700000000000',
  }))
  const triggers = Array.from({ length: 1500 }, (_, n) => ({
    ...owner,
    triggerId: String(20_000 + n),
    name: `Trigger ${n}`,
    type: 'CUSTOM_EVENT',
    customEventFilter: [
      { type: 'EQUALS', parameter: [template('arg0', '{{_event}}'), template('arg1', `event_${n}`)] },
    ],
    fingerprint: '1700000000000',
  }))
  const tags = Array.from({ length: ENTITIES - 3000 }, (_, n) => ({
    ...owner,
    tagId: String(30_000 + n),
    name: `Tag ${n}`,
    type: 'gaawe',
    parameter: [
      template('eventName', `event_${n}`),
      template('measurementIdOverride', 'G-ABC'),
      { type: 'LIST', key: 'eventSettingsTable', list: ['1', '2', '3'].map(row) },
    ],
    firingTriggerId: [String(20_000 + (n % 1500))],
    fingerprint: '1700000000000',
  }))
  const container = { ...owner, name: 'Large', publicId: 'GTM-LARGE1', usageContext: ['WEB'] }
  return {
    exportFormatVersion: 2,
    containerVersion: { ...owner, container, tag: tags, trigger: triggers, variable: variables },
  }
}

const residentMb = (child: ChildProcess) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

const ws = '/tagmanager/v2/accounts/1/containers/2/workspaces/2'

async function rate(name: string, count: number, call: (turn: number) => Promise<unknown>): Promise<void> {
  const rates: number[] = []
  let turn = 0
  for (let round = 0; round < 5; round++) {
    const begin = performance.now()
    // Four at a time, as many as the client keeps connections.
    await Promise.all(
      [0, 1, 2, 3].map(async () => {
        for (let n = 0; n < count / 4; n++) await call(turn++)
      }),
    )
    rates.push((count / (performance.now() - begin)) * 1000)
  }
  console.log(`${median(rates).toFixed(0).padStart(8)} /s  ${name}`)
}

async function measure(stateFile: string | undefined): Promise<void> {
  const { child, url } = await start(stateFile)
  const empty = residentMb(child)
  await send(url, 'POST', '/_sandbox/seed', exported())
  const body = (n: number) => ({
    name: `Tag ${n}`,
    type: 'html',
    parameter: [{ type: 'template', key: 'html', value: String(n) }],
  })
  const added = (turn: number) =>
    Array.from({ length: 100 }, (_, n) => ({
      changeStatus: 'added',
      tag: { tagId: `new_${n + 1}`, ...body(100_000 + turn * 100 + n) },
    }))
  console.log(
    stateFile === undefined
      ? `${ENTITIES} entities, state in memory`
      : `${ENTITIES} entities, state in a file`,
  )
  await rate('get one tag', 2000, (turn) => send(url, 'GET', `${ws}/tags/${30_000 + (turn % 2000)}`))
  await rate('list a page of 20 tags', 800, () => send(url, 'GET', `${ws}/tags`))
  await rate('replace one tag', stateFile === undefined ? 800 : 40, (turn) =>
    send(url, 'PUT', `${ws}/tags/${30_000 + (turn % 2000)}`, body(turn % 2000)),
  )
  await rate('read the whole workspace (quick_preview)', 20, () => send(url, 'POST', `${ws}:quick_preview`))
  await rate('bulk_update with 100 new tags', 8, (turn) =>
    send(url, 'POST', `${ws}/bulk_update`, { changes: added(turn) }),
  )
  console.log(`${residentMb(child).toFixed(0).padStart(8)} MB  resident (${empty.toFixed(0)} MB when empty)`)
  if (stateFile !== undefined)
    console.log(`${(statSync(stateFile).size / 1e6).toFixed(1).padStart(8)} MB  state file`)
  child.kill()
}

async function startUp(): Promise<void> {
  const [bare, sandbox]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < 15; turn++) {
    let begin = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    bare.push(performance.now() - begin)
    begin = performance.now()
    const { child } = await start()
    sandbox.push(performance.now() - begin)
    child.kill()
  }
  const ratio = median(sandbox) / median(bare)
  console.log(
    `${ratio.toFixed(2).padStart(8)} x   a bare node start until it listens (${median(bare).toFixed(0)} → ${median(sandbox).toFixed(0)} ms here)`,
  )
}

await startUp()
await measure(undefined)
await measure(join(folder, 'state.json'))
agent.destroy()
rmSync(folder, { recursive: true })
