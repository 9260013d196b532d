/**
 * Values of the page are of any type. What this runtime cannot know is a value too: it travels through texts, tables and
 * conditions until it leaves a verdict undecided, and it carries its reason along.
 */
import type { NotModelledCode } from './not-modelled.ts'

const UNKNOWN = Symbol('unknown')

export interface Unknown {
  readonly [UNKNOWN]: true
  readonly code: NotModelledCode
  /** What it was about: the name of a variable, a selector. */
  readonly about: string
}

export interface Reason {
  readonly code: NotModelledCode
  readonly about: string
}

export function unknown(code: NotModelledCode, about: string): Unknown {
  return { [UNKNOWN]: true, code, about }
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && UNKNOWN in value
}

export function reasonOf({ code, about }: Unknown): Reason {
  return { code, about }
}

/** A value as conditions see it (GTM-RUNTIME 5.2): missing is the text `undefined`. */
export function textOf(value: unknown): string {
  try {
    return String(value)
  } catch {
    // An object without a prototype has no text.
    return Object.prototype.toString.call(value)
  }
}

export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null
}

/** An object literal, not an element, a date or an instance of some class. */
export function isPlain(value: unknown): value is { readonly [key: string]: unknown } {
  if (!isRecord(value) || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // An object of another window (a frame, a vm) has another Object.prototype, which has no prototype either.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
