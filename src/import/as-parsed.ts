import type { ParsedPlan } from '../plan/parse.ts'

/** A document that stands in no file yet, for the check. */
export function asParsed(document: unknown): ParsedPlan {
  return { file: '', document, diagnostics: [], locate: () => undefined, textOf: () => undefined, size: 0 }
}
