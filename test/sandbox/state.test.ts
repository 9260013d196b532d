import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { readState, SandboxStateError } from '../../src/sandbox/state-file.ts'
import { clientsOf, newWorkspace, refusal, runSandbox } from './clients.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const tag = (name: string) => ({
  name,
  type: 'html',
  parameter: [{ type: 'template', key: 'html', value: name }],
})

test('the state outlives the server, and is the same bytes in the file and in the answer', async () => {
  const stateFile = join(folder, 'outlives.json')
  const first = await runSandbox({ stateFile })
  const parent = await newWorkspace(first)
  await first.gtm.accounts.containers.workspaces.tags.create({ parent, requestBody: tag('A') })
  await first.beta.properties.customDimensions.create({
    parent: 'properties/5',
    requestBody: { parameterName: 'a', displayName: 'A', scope: 'EVENT' },
  })
  const before = await first.state()
  expect(readFileSync(stateFile, 'utf8')).toBe(before)
  await first.sandbox.close()
  const second = await runSandbox({ stateFile })
  expect(await second.state()).toBe(before)
  const { data } = await second.gtm.accounts.containers.workspaces.tags.list({ parent })
  expect(data.tag?.map(({ name }) => name)).toEqual(['A'])
  await second.sandbox.close()
})

test('with the clock stopped, the same requests give the same state, byte for byte', async () => {
  const states: string[] = []
  for (let turn = 0; turn < 2; turn++) {
    const running = await runSandbox()
    await running.control('POST', 'clock', { freezeAt: 1_767_225_600_000 })
    const parent = await newWorkspace(running)
    await running.gtm.accounts.containers.workspaces.tags.create({ parent, requestBody: tag('A') })
    states.push(await running.state())
    await running.sandbox.close()
  }
  expect(states[1]).toBe(states[0])
})

test('two sandboxes with one file do not wipe out each other: the second to write is told', async () => {
  const stateFile = join(folder, 'shared.json')
  const [first, second] = [await runSandbox({ stateFile }), await runSandbox({ stateFile })]
  await newWorkspace(first, 'GTM-FIRST01')
  const refused = await refusal(second.gtm.accounts.containers.lookup({ tagId: 'GTM-SECOND1' }))
  expect(refused).toMatchObject({ status: 500, message: expect.stringContaining('somebody else') as string })
  expect(readFileSync(stateFile, 'utf8')).toContain('GTM-FIRST01')
  await Promise.all([first.sandbox.close(), second.sandbox.close()])
})

test('a seed beside a state is refused in a sentence, and the state stays as it is', async () => {
  const stateFile = join(folder, 'seeded.json')
  const seed = {
    containerVersion: { accountId: '1', containerId: '2', container: { publicId: 'GTM-SEED01' } },
  }
  const first = await startSandbox({ stateFile, seed })
  await first.close()
  const before = readFileSync(stateFile, 'utf8')
  expect(before).toContain('GTM-SEED01')
  const again = startSandbox({ stateFile, seed })
  await expect(again).rejects.toMatchObject({ code: 'sandbox-seed-beside-state' })
  await expect(again).rejects.toThrow(/holds a state already.*begin with another state file\.$/s)
  expect(readFileSync(stateFile, 'utf8')).toBe(before)
})

test('what a killed writer left is cleared away', async () => {
  const left = join(folder, 'cleared.json.1.tmp')
  writeFileSync(left, 'half')
  utimesSync(left, 1, 1)
  const sandbox = await startSandbox({ stateFile: join(folder, 'cleared.json') })
  expect(existsSync(left)).toBe(false)
  await sandbox.close()
})

describe('a state file that cannot be used', () => {
  const whole = JSON.stringify({
    sandboxState: 1,
    lastStamp: 5,
    gtm: [],
    ga4: { nextId: 1, collections: {}, archived: [], acknowledged: [], history: [] },
  })

  test('is a whole one first', () => {
    const file = join(folder, 'whole.json')
    writeFileSync(file, whole)
    expect(readState(file)?.lastStamp).toBe(5)
  })

  test.each([
    ['empty', ''],
    ['cut off', whole.slice(0, -20)],
    ['something else', '{"a":1}'],
    ['of another format', whole.replace('"sandboxState":1', '"sandboxState":99')],
    ['with a part missing', whole.replace('"gtm":[],', '')],
    ['with a wrong part', whole.replace('"gtm":[]', '"gtm":[{"account":5}]')],
    ['no text', '\u0000\u0001'],
  ])('%s is refused with one sentence, and left as it is', async (name, text) => {
    const file = join(folder, `${name}.json`)
    writeFileSync(file, text)
    const started = startSandbox({ stateFile: file })
    await expect(started).rejects.toThrow(SandboxStateError)
    await expect(started).rejects.toThrow(/^The sandbox's state file .* is damaged \(.*\): restore it .*\.$/s)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('a folder in its place is refused too', async () => {
    const started = startSandbox({ stateFile: folder })
    await expect(started).rejects.toThrow(SandboxStateError)
    await expect(started).rejects.toMatchObject({ code: 'sandbox-state-unreadable' })
  })

  test('a file where its folder should be is refused too, and each refusal has a code', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, 'x')
    const started = startSandbox({ stateFile: join(file, 'state.json') })
    await expect(started).rejects.toThrow(/cannot be (read|written)/)
    await expect(started).rejects.toMatchObject({
      code: expect.stringMatching(/^sandbox-state-un(readable|writable)$/) as string,
    })
    await expect(startSandbox({ stateFile: file })).rejects.toMatchObject({ code: 'sandbox-state-damaged' })
  })

  test('a time that no date can hold is damage, not a sandbox that fails at every write', async () => {
    const file = join(folder, 'far.json')
    writeFileSync(file, whole.replace('"lastStamp":5', '"lastStamp":9000000000000000'))
    await expect(startSandbox({ stateFile: file })).rejects.toMatchObject({ code: 'sandbox-state-damaged' })
  })
})

describe('killed at any moment', () => {
  let script: string
  beforeAll(async () => {
    script = join(folder, 'sandbox-process.mjs')
    await build({
      entryPoints: [join(import.meta.dirname, 'sandbox-process.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    })
  })

  test('everything that was answered is there afterwards, and the file is whole', async () => {
    const stateFile = join(folder, 'killed.json')
    const answered: string[] = []
    const rounds = Number(process.env['SANDBOX_KILLS'] ?? 8)
    for (let round = 0; round < rounds; round++) {
      const { child, url } = await startProcess(script, stateFile)
      const { gtm } = clientsOf(url)
      const parent = await newWorkspace({ gtm } as never)
      // Some way into the writing, at another place in each round, whatever the speed of the machine.
      const end = answered.length + 3 + ((round * 7) % 11)
      const writers = [0, 1, 2].map(async (writer) => {
        for (let n = 0; ; n++) {
          const name = `${round}-${writer}-${n}`
          await gtm.accounts.containers.workspaces.tags.create({ parent, requestBody: tag(name) })
          if (answered.push(name) === end) setTimeout(() => child.kill('SIGKILL'), round % 4)
        }
      })
      await Promise.allSettled(writers)
      const names = readState(stateFile)?.gtm.values().next().value?.containers.values().next().value
      const kept = new Set(
        [...(names?.workspaces.get('2')?.content.tag.values() ?? [])].map((entity) => entity['name']),
      )
      expect(answered.filter((name) => !kept.has(name))).toEqual([])
    }
    expect(answered.length).toBeGreaterThan(rounds)
  })

  test('on a disk without room it says so in its own words, and the file is whole', async () => {
    const stateFile = join(folder, 'full.json')
    const { child, url } = await startProcess(script, stateFile, 'ulimit -f 16; ')
    const { gtm } = clientsOf(url)
    const parent = await newWorkspace({ gtm } as never)
    const refused = await refusal(
      gtm.accounts.containers.workspaces.tags.create({ parent, requestBody: tag('x'.repeat(200_000)) }),
    )
    expect(refused).toMatchObject({
      status: 500,
      message: expect.stringContaining('cannot be written') as string,
    })
    expect(readState(stateFile)?.gtm.size).toBe(1)
    child.kill('SIGKILL')
  })
})

async function startProcess(
  script: string,
  stateFile: string,
  before = '',
): Promise<{ child: ChildProcess; url: string }> {
  const command = `${before}exec "$0" "$@"`
  const child = spawn('/bin/sh', ['-c', command, process.execPath, script, stateFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => resolve(data.toString().trim()))
    child.on('exit', (code) => reject(new Error(`The sandbox ended with ${code}.`)))
  })
  return { child, url }
}
