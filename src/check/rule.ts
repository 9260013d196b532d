/**
 * A rule is a law that a plan keeps: data that explains it (from which `plan explain` and docs/codes are made) and a
 * pure function that finds where it is broken.
 */
import type { CheckedCodeFacts, Severity } from '../codes/facts.ts'
import type { RuleCode } from '../codes/rule-code.ts'
import type { Edit, Pointer } from '../plan/diagnostic.ts'
import type { PlanPlaces } from './places.ts'

export { METHOD } from '../codes/facts.ts'

export interface Rule extends CheckedCodeFacts {
  readonly code: RuleCode
  readonly check: (places: PlanPlaces) => Iterable<Finding>
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
