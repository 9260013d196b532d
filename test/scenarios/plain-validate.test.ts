import { expect, test } from 'vitest'
import { plainValidate } from '../../src/commands/plain-validate.ts'
import { start } from '../../src/commands/start.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import { plan } from './run-plan.ts'

function startPlan(...argv: readonly string[]): Promise<Outcome> {
  return outcomeOf((io) => start(argv, io))
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
