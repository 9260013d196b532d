import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const benchmarksCoverMobile = rule({
  code: 'benchmarks-cover-mobile',
  severity: 'warning',
  profile: 'recommended',
  title: 'Benchmarks by device include mobile.',
  reason:
    'Most visits are on a phone and convert differently; a plan that looks at desktop only is about the smaller part.',
  fix: 'add a benchmark with `device: mobile`.',
  source: METHOD,
  catalogue: ['L-P20'],
  *check(places) {
    for (const { id, at, data } of places.conversions) {
      const devices = (data.benchmarks ?? []).map(({ device }) => device)
      if (
        devices.some((device) => device !== undefined) &&
        !devices.includes('mobile') &&
        !devices.includes(undefined)
      )
        yield {
          at: `${at}/benchmarks`,
          about: 'key',
          message: `The benchmarks of ${quoted(id)} leave out mobile.`,
        }
    }
  },
})
