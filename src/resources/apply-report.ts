import type { DiagnosticCode } from '../codes/code.ts'
import type { Change, ChangeSet } from './change-set.ts'

/** A change takes effect with the version that holds it; what only lies in a draft does not count as done. */
export type Status = 'done' | 'failed' | 'not tried'

export interface ReportedChange extends Change {
  readonly status: Status
  /** Why it failed. */
  readonly error?: string
}

/** What became of a change set. The same shape as the change set, so that both are read by one script. */
export interface ApplyReport extends Omit<ChangeSet, 'changes'> {
  readonly changes: readonly ReportedChange[]
  /** Requests really made, repeats included, reading included; and whole seconds. */
  readonly made: { readonly gtm: number; readonly ga4: number; readonly seconds: number }
  /** The version that holds the changes, when one was made. */
  readonly version?: { readonly id: string; readonly name: string }
  /** Whether what was applied is live. */
  readonly published: boolean
  /** The workspace that holds what was written, when no version could be made of it. */
  readonly draft?: string
  /** Why it ended before its end. */
  readonly stopped?: { readonly code: DiagnosticCode; readonly message: string; readonly fix: string }
  readonly warnings: readonly string[]
}
