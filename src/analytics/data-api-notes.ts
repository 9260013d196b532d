/** What Google says about the answers of its Data API, in sentences. */
import type { Report } from './data-api.ts'
import { whole } from './words.ts'

/** What the numbers of a scorecard are, from this source. */
export const API_NUMBERS =
  'The numbers are those of GA4’s own reports (Data API): modelled ones are among them, and events are dated by themselves, so they differ from the export’s and must not be compared with those. Funnel, time to action, lag, assisted value, weights, intervals of guardrails and experiments are not available from this source; nor is it told how much is sent twice, without user or without consent.'

/** What Google says about the honesty of its own answers, and what is left to ask with. */
export function notesOf(reports: readonly Report[]): readonly string[] {
  const sampled = reports.flatMap((one) => one.sampled)
  const least = sampled.reduce((a, b) => (b.read / b.space < a.read / a.space ? b : a), { read: 1, space: 1 })
  const left = reports.at(-1)?.tokensLeft ?? {}
  return [
    ...(sampled.length > 0
      ? [
          `GA4 sampled: in the worst of ${reports.length} reports it read ${whole(least.read)} of ${whole(least.space)} events and scaled up.`,
        ]
      : []),
    ...(reports.some(({ thresholded }) => thresholded)
      ? ['GA4 left out small numbers, so that nobody is recognised (thresholding): counts may be too low.']
      : []),
    ...(reports.some(({ otherRow }) => otherRow)
      ? ['GA4 lumped rare values into "(other)": counts of single events or channels may be too low.']
      : []),
    ...(left['tokensPerDay'] === undefined
      ? []
      : [
          `${reports.length} reports were asked for; ${whole(left['tokensPerDay'])} tokens are left of the day, ${whole(left['tokensPerProjectPerHour'] ?? left['tokensPerHour'] ?? 0)} of the hour.`,
        ]),
  ]
}
