import type { Diagnostic } from '../plan/diagnostic.ts'
import { isRecord } from '../resources/is-record.ts'
import { fromExportCasing, type Json } from '../resources/export-casing.ts'

/** A container version as the API would answer it; entities keep every field they came with. */
export interface ContainerVersion {
  readonly container?: {
    readonly publicId?: string
    readonly name?: string
    readonly usageContext?: readonly string[]
  }
  readonly tag?: readonly Json[]
  readonly trigger?: readonly Json[]
  readonly variable?: readonly Json[]
  readonly folder?: readonly Json[]
  readonly builtInVariable?: readonly Json[]
  readonly [field: string]: unknown
}

/** The text of a file that GTM's Export wrote, in the API's casing; or what is wrong with it. */
export function parseExport(
  text: string,
  file: string,
): { readonly version?: ContainerVersion; readonly diagnostics: readonly Diagnostic[] } {
  const refuse = (message: string, fix: string): { diagnostics: Diagnostic[] } => ({
    diagnostics: [{ severity: 'error', code: 'export-is-readable', message: `${file}: ${message}`, fix }],
  })
  const fix = 'Export the container in GTM: Admin, Export Container, and give that file.'
  let parsed: unknown
  try {
    // A byte order mark is legal in a file and not in JSON.
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return refuse(`this is not JSON (${error instanceof Error ? error.message : String(error)}).`, fix)
  }
  if (typeof parsed !== 'object' || parsed === null) return refuse('this is not a container.', fix)
  const { exportFormatVersion, containerVersion } = parsed as { [field: string]: unknown }
  if (typeof containerVersion !== 'object' || containerVersion === null) {
    return refuse('it holds no containerVersion.', fix)
  }
  if (exportFormatVersion !== 2) {
    return refuse(`its format version is ${JSON.stringify(exportFormatVersion)}; only 2 is known.`, fix)
  }
  if (Array.isArray(containerVersion)) return refuse('its containerVersion is a list.', fix)
  const { container, ...lists } = containerVersion as { [field: string]: unknown }
  try {
    const version = { ...lists, ...(isRecord(container) ? { container } : {}) }
    return { version: fromExportCasing(version) as ContainerVersion, diagnostics: [] }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return refuse('it is nested more deeply than any container.', fix)
  }
}
