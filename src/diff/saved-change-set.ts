/**
 * A change set saved by `plan diff --out`, read back. It is carried out only if it is exactly as it was written, and
 * only while the plan and Google's side give the same one again.
 */
import type { DiagnosticCode } from '../codes/code.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { fieldChanges } from './field-changes.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { digestOf } from './digest.ts'

export const FORMAT_VERSION = 1

export type Saved = { readonly changeSet: ChangeSet } | { readonly diagnostics: readonly Diagnostic[] }

/** Whether a file holds JSON of any kind; a plan is YAML that no one writes with a brace in front. */
export function looksSaved(text: string): boolean {
  return text.trimStart().startsWith('{')
}

export function parseSavedChangeSet(text: string): Saved {
  const value = parsed(text)
  if (!looksLikeChangeSet(value)) {
    return refused(
      'not-a-change-set',
      'This is not a change set that plan saved.',
      'save one with: plan diff --out changes.json',
    )
  }
  if (value.formatVersion !== FORMAT_VERSION) {
    return refused(
      'change-set-of-another-format',
      `This change set has format ${String(value.formatVersion)}; this version of plan reads format ${FORMAT_VERSION}.`,
      'save it again with this version: plan diff --out changes.json',
    )
  }
  if (digestOf(value) !== value.digest) {
    return refused(
      'change-set-was-edited',
      'This change set was changed after plan saved it.',
      'change the plan instead, and save the change set again: plan diff --out changes.json',
    )
  }
  return { changeSet: value }
}

/** Why a saved change set may not be carried out any more; empty when the present one is the same. */
export function movedSince(saved: ChangeSet, now: ChangeSet): readonly Diagnostic[] {
  if (saved.plan !== now.plan || saved.environment !== now.environment) {
    return refused(
      'change-set-of-another-plan',
      `This change set is for ${saved.plan} on ${saved.environment}, not for ${now.plan} on ${now.environment}.`,
      'name the plan and the environment that it was saved for',
    ).diagnostics
  }
  if (saved.compared.desired !== now.compared.desired) {
    return refused(
      'plan-has-moved',
      'The plan was changed since this change set was saved.',
      'save it again and have it looked at again',
    ).diagnostics
  }
  if (saved.compared.live !== now.compared.live) {
    return refused(
      'container-has-moved',
      'GTM or GA4 was changed since this change set was saved.',
      'save it again and have it looked at again',
    ).diagnostics
  }
  // The same two sides and another result: options, or another version of the program.
  if (fieldChanges(withoutWho(saved), withoutWho(now)).length > 0) {
    return refused(
      'change-set-differs',
      'The same plan and container now give another change set, because of other options or another version of plan.',
      'save it again with this version and these options',
    ).diagnostics
  }
  return []
}

/** Who changed something by hand is not what is done about it, and only some are told. */
function withoutWho({ changes }: ChangeSet): readonly object[] {
  return changes.map((change) =>
    Object.fromEntries(Object.entries(change).filter(([field]) => field !== 'who')),
  )
}

function refused(
  code: DiagnosticCode,
  message: string,
  fix: string,
): { readonly diagnostics: readonly Diagnostic[] } {
  return { diagnostics: [{ severity: 'error', code, message, fix }] }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether it was one once: its digest and, where files come in, the schema say whether it still is. */
function looksLikeChangeSet(value: unknown): value is ChangeSet {
  return (
    typeof value === 'object' &&
    value !== null &&
    'formatVersion' in value &&
    'digest' in value &&
    'changes' in value &&
    Array.isArray(value.changes)
  )
}
