import { expect, test } from 'vitest'
import { plainValidate } from '../../src/commands/plain-validate.ts'
import { start } from '../../src/commands/start.ts'
import type { Io } from '../../src/commands/io.ts'
import { plan } from './run-plan.ts'

function startPlan(...argv: readonly string[]): Promise<{ exitCode: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    progress: () => undefined,
    ask: () => Promise.resolve(undefined),
    env: {},
    now: () => new Date('2026-11-22T12:00:00Z'),
    colour: false,
    untilStopped: () => new Promise(() => undefined),
  }
  return start(argv, io).then((exitCode) => ({ exitCode, out, err }))
}

// Both ways of reading the command line must mean the same, whatever is typed.
test.each([
  [['plans/outfitters.yaml']],
  [['plans/outfitters.yaml', '--profile', 'strict', '--format=json']],
  [['--format', 'github', '--max-warnings=0', '--profile=strict', '--', 'plans/advisory.yaml']],
  [['plans/no-such.yaml']],
  [['plans/outfitters.yaml', '--profile', 'nope']],
  [['plans/outfitters.yaml', '--max-warnings', 'many']],
  [['plans/outfitters.yaml', '--format']],
  [['--unknown']],
  [['--help']],
  [['-']],
  [['']],
])('validate %j means the same without the library', async (argv) => {
  expect(await startPlan('validate', ...argv)).toEqual(await plan('validate', ...argv))
})

test('only what is plainly a validate is taken', () => {
  expect(plainValidate(['validate', 'a.yaml', '--fix', '--max-warnings', '3'])).toEqual({
    files: ['a.yaml'],
    options: { format: 'text', fix: true, maxWarnings: 3 },
  })
  for (const argv of [['fmt'], [], ['validate', '--help'], ['validate', '-e', 'x'], ['--version']])
    expect(plainValidate(argv)).toBeUndefined()
})
