/** What only a process of its own shows: closed and full outputs, and progress where there is no terminal. */
import { spawn } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { plan } from './run-plan.ts'

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** `plan ...argv`; stdout may be a file's descriptor, and `until` ends the process when stderr holds it. */
function planProcess(
  argv: readonly string[],
  stdout: 'pipe' | number = 'pipe',
  until?: RegExp,
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...argv], {
    stdio: ['ignore', stdout, 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString()
    if (until?.test(err) === true) child.kill()
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

test.runIf(existsSync('/dev/full'))(
  'a full disk behind stdout is said in a sentence, and is an error',
  async () => {
    const { code, err } = await planProcess(['explain'], openSync('/dev/full', 'w'))
    expect(err).toBe('error file-can-be-used: Reading or writing failed: the disk is full (ENOSPC).\n')
    expect(code).toBe(1)
  },
)

test('a reader that has gone is no error', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'explain'])
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect({ code, err }).toEqual({ code: 0, err: '' })
})

test('without a terminal, what takes its time is said in a line of its own', async () => {
  const server = createServer(() => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const started = `Waiting for the sandbox at ${url}\n`
  const { err, out } = await planProcess(
    ['diff', 'plans/outfitters.yaml', '--sandbox', url],
    'pipe',
    new RegExp(started),
  )
  server.closeAllConnections()
  server.close()
  expect(err).toBe(started)
  expect(out).toBe('')
}, 30_000)

test('what is no sandbox is asked one control request, and not another after it', async () => {
  const asked: (string | undefined)[] = []
  const server = createServer((request, answer) => {
    asked.push(request.url)
    answer.writeHead(404, { 'content-type': 'text/plain' }).end('no')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { exitCode } = await plan('diff', 'plans/outfitters.yaml', '--sandbox', url)
  server.close()
  expect(exitCode).toBe(1)
  expect(asked.filter((path) => path?.startsWith('/_sandbox/'))).toEqual(['/_sandbox/ensure'])
})
