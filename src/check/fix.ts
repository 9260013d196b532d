import type { Diagnostic } from '../plan/diagnostic.ts'
import { applyEdits, type Edited } from '../plan/edit.ts'
import type { ParsedPlan } from '../plan/parse.ts'

/** What `plan validate --fix` writes: every finding with only one right answer put right. Check again afterwards. */
export function fixPlan(parsed: ParsedPlan, diagnostics: readonly Diagnostic[]): Edited {
  return applyEdits(
    parsed,
    diagnostics.flatMap(({ edit }) => (edit === undefined ? [] : [edit])),
  )
}
