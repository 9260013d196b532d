/**
 * A rule is a law that a plan keeps: data that explains it (from which `plan explain` and docs/codes are made) and a
 * pure function that finds where it is broken.
 */
import type { Edit, Pointer } from '../plan/diagnostic.ts'
import type { PlanView } from './view.ts'

export type Severity = 'error' | 'warning' | 'info'

/** Each profile holds the ones before it; `always` cannot be ignored, because the plan would mean nothing or not compile. */
export type Profile = 'always' | 'minimal' | 'recommended' | 'strict'

export const PROFILES: readonly Profile[] = ['always', 'minimal', 'recommended', 'strict']

/** What people read about a code. */
export interface CodeFacts {
  /** Stable, greppable, the law in kebab-case: `event-names-are-unique`. */
  readonly code: string
  readonly severity: Severity
  /** The least strict profile in which it is checked. */
  readonly profile: Profile
  /** The law in one sentence. */
  readonly title: string
  /** Why it matters, in one or two sentences. */
  readonly reason: string
  /** What to do. */
  readonly fix: string
  /** Where it is documented: an address, or what the law is a choice of. */
  readonly source: string
  /** The entries of the lint catalogue that it keeps, for example L-P02. */
  readonly catalogue?: readonly string[]
}

export interface Rule extends CodeFacts {
  readonly check: (view: PlanView) => Iterable<Finding>
}

export interface Finding {
  readonly at: Pointer
  readonly about?: 'key' | 'value'
  readonly message: string
  /** When there is something better to say than the rule's own fix. */
  readonly fix?: string
  /** When the law's own severity is too high or too low here. */
  readonly severity?: Severity
  /** The field whose absence at `at` is meant: said only when nothing else is wrong with that field; `*` for any. */
  readonly absent?: string
  /** What it is concluded from: when something is wrong there already, it is not said. */
  readonly restsOn?: readonly Pointer[]
  /** The change that puts it right, when there is only one right answer. */
  readonly edit?: Edit
}

/** Lets a rule be written as one object whose type is checked. */
export function rule(definition: Rule): Rule {
  return definition
}

/** Laws that no page of Google's asks for. */
export const METHOD = 'The method of micro and macro conversions.'
