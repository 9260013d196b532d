/**
 * Every code that anything the user can put right is said with, over all steps: a closed union, so that one that nobody
 * explains does not compile. A code is stable, greppable, and named as the law it keeps: `event-names-are-unique`.
 */
import type { ANALYTICS_CODES } from './analytics.ts'
import type { COMMAND_CODES } from './commands.ts'
import type { COMPILE_CODES } from './compile.ts'
import type { DOCS_CODES } from './docs.ts'
import type { GOOGLE_CODES } from './google.ts'
import type { LANGUAGE_CODES } from './language.ts'
import type { LIVE_CODES } from './live.ts'
import type { RuleCode } from './rule-code.ts'
import type { SANDBOX_CODES } from './sandbox.ts'

export type LanguageCode = keyof typeof LANGUAGE_CODES
export type CompileCode = keyof typeof COMPILE_CODES
export type CommandCode = keyof typeof COMMAND_CODES
export type DocsCode = keyof typeof DOCS_CODES
export type LiveCode = keyof typeof LIVE_CODES
export type AnalyticsErrorCode = keyof typeof ANALYTICS_CODES
export type GoogleErrorCode = keyof typeof GOOGLE_CODES
export type SandboxCode = keyof typeof SANDBOX_CODES

export type DiagnosticCode =
  | LanguageCode
  | RuleCode
  | CompileCode
  | LiveCode
  | GoogleErrorCode
  | SandboxCode
  | DocsCode
  | AnalyticsErrorCode
  | CommandCode
