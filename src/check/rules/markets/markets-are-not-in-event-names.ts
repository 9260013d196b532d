import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const marketsAreNotInEventNames = rule({
  code: 'markets-are-not-in-event-names',
  severity: 'error',
  profile: 'minimal',
  title: 'An event name does not say the market or language.',
  reason:
    '`sign_up_ae` and `sign_up_sa` are two events, and nothing adds them up; GA4 knows country and language anyway.',
  fix: 'use one event name, and a parameter such as market.',
  source: METHOD,
  catalogue: ['L-M02'],
  *check(places) {
    const codes = new Set([
      ...(places.plan.site?.languages ?? []).map((tag) => tag.split('-')[0] ?? ''),
      ...places.environments.map(({ id }) => id).filter((id) => id.length <= 3),
      ...'ae sa qa kw bh om uk gb us de fr es nl jp br mx ksa uae gcc'.split(' '),
    ])
    for (const { at, data, inGa4 } of places.conversions) {
      const last = data.event?.split('_').at(-1)
      if (
        inGa4 &&
        last !== undefined &&
        last !== data.event &&
        codes.has(last) &&
        last !== 'us' &&
        last !== 'it'
      )
        yield {
          at: `${at}/event`,
          message: `The event name ${quoted(data.event ?? '')} ends with a market or language (${last}).`,
        }
    }
  },
})
