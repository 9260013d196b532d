import type { AnalyticsErrorCode } from '../codes/code.ts'

/** What stands between the user and a scorecard, with the way out. The world refused; nothing was judged. */
export class AnalyticsError extends Error {
  override readonly name = 'AnalyticsError'
  readonly code: AnalyticsErrorCode
  readonly fix: string

  constructor(code: AnalyticsErrorCode, message: string, fix: string) {
    super(message)
    this.code = code
    this.fix = fix
  }
}
