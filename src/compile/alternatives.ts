/**
 * GTM knows triggers, groups of triggers and blocking triggers; the language nests freely. Here the nesting is
 * turned into what GTM knows:
 *
 *   any [a, b]            two triggers of one tag
 *   all [a, b]            one trigger group
 *   any, when c           c goes into every trigger inside
 *   all, when c           the same: a group itself has no conditions
 *   unless c, outermost   blocking triggers: c blocks the tag whatever fires it
 *   unless c, inside      "not c" goes into that trigger, because a blocking trigger would block the others too
 */
import type { Diagnostic, Pointer } from '../plan/diagnostic.ts'
import { negated, type Condition } from '../sources/condition.ts'
import type { SingleTrigger, Trigger } from '../triggers/trigger.ts'

export interface Member {
  readonly trigger: SingleTrigger
  /** Everything that must hold, its own `when` included. */
  readonly conditions: readonly Condition[]
}

export interface Group {
  readonly at: Pointer
  readonly members: readonly Member[]
}

export interface Alternatives {
  /** Each of them fires the tag. */
  readonly fire: readonly (Member | Group)[]
  /** Each of them blocks the tag. */
  readonly block: readonly Condition[]
  readonly diagnostics: readonly Diagnostic[]
}

export function alternativesOf(trigger: Trigger): Alternatives {
  return { ...expand({ ...trigger, unless: [] }, []), block: trigger.unless }
}

type Expanded = Pick<Alternatives, 'fire' | 'diagnostics'>

function expand(trigger: Trigger, inherited: readonly Condition[]): Expanded {
  const conditions = [...inherited, ...trigger.when, ...trigger.unless.map(negated)]
  if (trigger.kind !== 'any' && trigger.kind !== 'all') {
    return { fire: [{ trigger, conditions }], diagnostics: [] }
  }
  const parts = trigger.triggers.map((part) => ({ part, ...expand(part, conditions) }))
  const diagnostics = parts.flatMap((part) => part.diagnostics)
  if (trigger.kind === 'any') return { fire: parts.flatMap((part) => part.fire), diagnostics }
  const choices = parts.filter((part) => part.fire.length > 1).map((part) => choiceInGroup(part.part.at))
  const members = parts.flatMap((part) =>
    part.fire.flatMap((each) => ('members' in each ? each.members : [each])),
  )
  return { fire: [{ at: trigger.at, members }], diagnostics: [...diagnostics, ...choices] }
}

function choiceInGroup(at: Pointer): Diagnostic {
  return {
    severity: 'error',
    code: 'groups-hold-single-triggers',
    message: 'A trigger group needs all of its triggers; GTM has no choice (any) inside one.',
    fix: 'Turn it round: any of several all, each with one of the choices.',
    at,
  }
}
