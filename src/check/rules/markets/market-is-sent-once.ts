import { MARKET } from '../../../plan/markets.ts'
import { rule } from '../../rule.ts'

export const marketIsSentOnce = rule({
  code: 'market-is-sent-once',
  severity: 'error',
  profile: 'always',
  title: 'A plan with markets does not send `market` by itself.',
  reason: 'Every event carries it already, from the table of the markets; a second one would overwrite it.',
  fix: 'remove it, or give it another name.',
  source: 'The plan language',
  *check(places) {
    if (places.markets.length === 0) return
    for (const { at, name, use } of places.sources) {
      if (name === MARKET && (use === 'parameter' || use === 'shared'))
        yield { at, about: 'key', message: 'The plan has `markets`, which fill `market` on every event.' }
    }
  },
})
