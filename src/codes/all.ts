/** Every code of every step, with what `plan explain` says about it. A test holds that nothing else is ever said. */
import { RULES } from '../check/rules/index.ts'
import type { DiagnosticCode } from './code.ts'
import { ANALYTICS_CODES } from './analytics.ts'
import { COMMAND_CODES } from './commands.ts'
import { COMPILE_CODES } from './compile.ts'
import { DOCS_CODES } from './docs.ts'
import type { CheckedCodeFacts, CodeFacts } from './facts.ts'
import { GOOGLE_CODES } from './google.ts'
import { LANGUAGE_CODES } from './language.ts'
import { LIVE_CODES } from './live.ts'
import { SANDBOX_CODES } from './sandbox.ts'

export type Code = CodeFacts & Partial<CheckedCodeFacts> & { readonly code: DiagnosticCode }

/** The steps in the order in which a plan passes them, each with its codes. */
export const STEPS: readonly { readonly title: string; readonly codes: readonly Code[] }[] = [
  { title: 'Checking a plan', codes: [...listOf(LANGUAGE_CODES), ...RULES] },
  { title: 'Compiling a plan, and adding to it', codes: listOf(COMPILE_CODES) },
  { title: 'Comparing with Google, and carrying out', codes: listOf(LIVE_CODES) },
  { title: 'Checking pushes to the data layer', codes: listOf(DOCS_CODES) },
  { title: 'Measuring against the plan', codes: listOf(ANALYTICS_CODES) },
  { title: 'Talking to Google', codes: listOf(GOOGLE_CODES) },
  { title: 'Running a command', codes: listOf(COMMAND_CODES) },
  { title: 'Running a sandbox', codes: listOf(SANDBOX_CODES) },
]

export const CODES: ReadonlyMap<string, Code> = new Map(
  STEPS.flatMap(({ codes }) => codes).map((facts) => [facts.code, facts]),
)

function listOf<C extends DiagnosticCode>(table: { readonly [code in C]: CodeFacts }): readonly Code[] {
  return (Object.keys(table) as C[]).map((code) => ({ code, ...table[code] }))
}
