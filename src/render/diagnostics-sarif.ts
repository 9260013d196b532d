import type { DiagnosticCode } from '../codes/code.ts'
import type { Log, ReportingDescriptor, Result } from 'sarif'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { placeOf, type Places } from './diagnostics.ts'

/** What SARIF tells about a rule; a code's facts have all of it. */
export interface SarifRule {
  readonly code: DiagnosticCode
  readonly severity: Diagnostic['severity']
  readonly title: string
  readonly reason: string
  readonly fix: string
  readonly source: string
}

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const

/**
 * SARIF 2.1.0, which GitHub's code scanning and most editors read.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderDiagnosticsSarif(
  diagnostics: readonly Diagnostic[],
  places: Places,
  rules: readonly SarifRule[],
  version: string,
): string {
  const used = rules.filter((rule) => diagnostics.some((one) => one.code === rule.code))
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'measurement-plan',
            version,
            rules: used.map((rule): ReportingDescriptor => ({
              id: rule.code,
              shortDescription: { text: rule.title },
              fullDescription: { text: rule.reason },
              help: { text: rule.fix },
              ...(rule.source.startsWith('https://') ? { helpUri: rule.source } : {}),
              defaultConfiguration: { level: LEVELS[rule.severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((one) => resultOf(one, places, used)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function resultOf(diagnostic: Diagnostic, places: Places, rules: readonly SarifRule[]): Result {
  const place = placeOf(diagnostic, places)
  const ruleIndex = rules.findIndex((rule) => rule.code === diagnostic.code)
  const text =
    diagnostic.fix === undefined ? diagnostic.message : `${diagnostic.message} Fix: ${diagnostic.fix}`
  return {
    ruleId: diagnostic.code,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: LEVELS[diagnostic.severity],
    message: { text },
    locations:
      place === undefined
        ? []
        : [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(place.file) },
                region: {
                  startLine: place.line,
                  startColumn: place.column,
                  endLine: place.endLine,
                  endColumn: place.endColumn,
                },
              },
            },
          ],
  }
}

function uriOf(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/')
}
