/** Commands that measure, as they are called, in this process. */
import { run } from '../../src/commands/run.ts'
import { outcomeOf } from '../scenarios/outcome.ts'

export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

export async function plan(...argv: readonly string[]): Promise<Said> {
  const now = (): Date => new Date('2026-11-24T12:00:00Z')
  const { exitCode: code, ...said } = await outcomeOf((io) => run(argv, io), { now })
  return { code, ...said }
}
