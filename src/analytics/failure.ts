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

export type AnalyticsErrorCode =
  | 'duckdb-is-missing'
  | 'no-analytics-source'
  | 'no-such-data'
  | 'not-an-export'
  | 'data-cannot-be-read'
  | 'no-rows-in-the-period'
  | 'period-is-not-over'
  | 'bad-period'
  | 'query-too-large'
  | 'data-is-too-large'
  | 'not-available-from-this-source'
