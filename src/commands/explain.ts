import { CODES } from '../check/codes.ts'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { paintOf } from './paint.ts'

/** Says what a finding means; without a code, which codes there are. */
export function explainCommand(code: string | undefined, io: Io): ExitCode {
  if (code === undefined) {
    const width = Math.max(...[...CODES.keys()].map((one) => one.length))
    for (const { code, title } of CODES.values()) io.out(`${code.padEnd(width)}  ${title}\n`)
    return 0
  }
  const facts = CODES.get(code)
  if (facts === undefined) {
    const meant = didYouMean(code, [...CODES.keys()])
    throw new Failure(
      `There is no code "${code}". ${meant === undefined ? 'plan explain lists them.' : `Did you mean ${meant}?`}`,
    )
  }
  const { bold, dim } = paintOf(io)
  const profile = facts.profile === 'always' ? 'always checked' : `checked from profile ${facts.profile} on`
  io.out(
    [
      `${bold(facts.code)} ${dim(`(${facts.severity}, ${profile})`)}`,
      '',
      facts.title,
      '',
      `${bold('Why')}     ${facts.reason}`,
      `${bold('Fix')}     ${facts.fix}`,
      `${bold('Source')}  ${facts.source}`,
      '',
    ].join('\n'),
  )
  return 0
}
