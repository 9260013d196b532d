import type { DiagnosticCode } from '../codes/code.ts'
import type { Diagnostic, Pointer } from '../plan/diagnostic.ts'
import { placeOf, type Places } from './diagnostics.ts'

/** What schemas/diagnostics.schema.json describes. */
export interface DiagnosticsReport {
  readonly formatVersion: 1
  readonly counts: { readonly error: number; readonly warning: number; readonly info: number }
  readonly diagnostics: readonly ReportedDiagnostic[]
}

export interface ReportedDiagnostic {
  readonly severity: Diagnostic['severity']
  readonly code: DiagnosticCode
  readonly message: string
  readonly fix?: string
  readonly pointer?: Pointer
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly endLine?: number
  readonly endColumn?: number
  readonly fixable: boolean
}

/** The diagnostics as data, each with its place. */
export function reportOf(diagnostics: readonly Diagnostic[], places: Places): DiagnosticsReport {
  const count = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((one) => one.severity === severity).length
  return {
    formatVersion: 1,
    counts: { error: count('error'), warning: count('warning'), info: count('info') },
    diagnostics: diagnostics.map((one) => ({
      severity: one.severity,
      code: one.code,
      message: one.message,
      ...(one.fix === undefined ? {} : { fix: one.fix }),
      ...(one.at === undefined ? {} : { pointer: one.at }),
      ...placeOf(one, places),
      fixable: one.edit !== undefined,
    })),
  }
}

/** For programs: JSON with a published schema. */
export function renderDiagnosticsJson(diagnostics: readonly Diagnostic[], places: Places): string {
  return `${JSON.stringify(reportOf(diagnostics, places), null, 2)}\n`
}
