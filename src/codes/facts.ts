/** What people read about a code, whichever step says it: `plan explain CODE` and docs/codes are made from this. */

export type Severity = 'error' | 'warning' | 'info'

/** Each profile holds the ones before it; `always` cannot be ignored, because the plan would mean nothing or not compile. */
export type Profile = 'always' | 'minimal' | 'recommended' | 'strict'

export const PROFILES: readonly Profile[] = ['always', 'minimal', 'recommended', 'strict']

export interface CodeFacts {
  /** The severity that it mostly has. */
  readonly severity: Severity
  /** The law in one sentence. */
  readonly title: string
  /** Why it matters, in one or two sentences. */
  readonly reason: string
  /** What to do. */
  readonly fix: string
  /** Where it is documented: an address, or what the law is a choice of. */
  readonly source: string
}

/** Of a code that the check of a plan file says, which a profile may leave out. */
export interface CheckedCodeFacts extends CodeFacts {
  /** The least strict profile in which it is checked. */
  readonly profile: Profile
  /** The entries of the lint catalogue that it keeps, for example L-P02. */
  readonly catalogue?: readonly string[]
}

/** Lets a table of codes be written once: its keys are the codes, known to the compiler. */
export function codes<C extends string>(table: { readonly [code in C]: CodeFacts }): {
  readonly [code in C]: CodeFacts
} {
  return table
}

/** The same for codes of the check. */
export function checkedCodes<C extends string>(table: { readonly [code in C]: CheckedCodeFacts }): {
  readonly [code in C]: CheckedCodeFacts
} {
  return table
}

/** Laws that no page of Google's asks for. */
export const METHOD = 'The method of micro and macro conversions.'
export const LANGUAGE = 'The plan language'
