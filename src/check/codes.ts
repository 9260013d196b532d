/** Every code that a diagnostic about a plan can have, with what `plan explain` says about it. */
import { LANGUAGE_CODES } from './language-codes.ts'
import type { CodeFacts } from './rule.ts'
import { RULES } from './rules/index.ts'

export const CODES: ReadonlyMap<string, CodeFacts> = new Map(
  [...LANGUAGE_CODES, ...RULES].map((facts) => [facts.code, facts] as const),
)
