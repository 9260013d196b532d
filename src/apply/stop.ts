import type { DiagnosticCode } from '../codes/code.ts'
import type { GoogleError } from '../google/errors.ts'

/** Carrying out cannot go on; what was done so far is safe, and the way out is named. */
export class Stop extends Error {
  readonly code: DiagnosticCode
  readonly fix: string

  constructor(code: DiagnosticCode, message: string, fix: string) {
    super(message)
    this.name = 'Stop'
    this.code = code
    this.fix = fix
  }
}

/** A refusal of Google's, with the change that met it. */
export class Refused extends Error {
  readonly error: GoogleError
  readonly refused: { readonly kind: string; readonly key: string }

  constructor(error: GoogleError, refused: { readonly kind: string; readonly key: string }) {
    super(error.message)
    this.name = 'Refused'
    this.error = error
    this.refused = refused
  }
}
