import type { DiagnosticCode } from '../codes/code.ts'

/** A JSON pointer into the merged plan, for example `/stages/awareness/micro/newsletter_signup/event`. */
export type Pointer = string

/** One step of a pointer, with `~` and `/` escaped as RFC 6901 asks. */
export function pointerOf(...steps: readonly (string | number)[]): Pointer {
  let pointer = ''
  for (const step of steps) pointer += `/${typeof step === 'number' ? step : escaped(step)}`
  return pointer
}

function escaped(step: string): string {
  return /[~/]/.test(step) ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step
}

/** A place in a plan file. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Location {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/**
 * Something the user can put right. Diagnostics are gathered, never thrown: a run reports all of them.
 * `at` points to the value meant; with `about: 'key'` to its key. A file that could not be parsed has no
 * pointers yet, so its diagnostics carry a `location` instead.
 */
export interface Diagnostic {
  readonly severity: 'error' | 'warning' | 'info'
  readonly code: DiagnosticCode
  /** What is wrong, in one sentence, in the user's words. */
  readonly message: string
  /** What to do about it. */
  readonly fix?: string
  readonly at?: Pointer
  readonly about?: 'key' | 'value'
  readonly location?: Location
  /** The change that puts it right, when there is only one right answer. */
  readonly edit?: Edit
}

/** A change to a plan's text that keeps comments and formatting, made by `plan validate --fix`. */
export type Edit =
  | {
      readonly set: Pointer
      /** A map is written as one, in braces, where there was nothing. */
      readonly value:
        | string
        | number
        | boolean
        | readonly (string | number | boolean)[]
        | { readonly [name: string]: string | number }
        | readonly { readonly [name: string]: string | number }[]
    }
  | { readonly rename: Pointer; readonly to: string }
  | { readonly remove: Pointer }
