import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const idsInIgnoreAreKnown = rule({
  code: 'ids-in-ignore-are-known',
  severity: 'error',
  profile: 'always',
  title: '`at` in an ignored finding names something of the plan.',
  reason: 'A misspelt one ignores nothing.',
  fix: 'write the id of a conversion, stage, parameter, environment, market, audience or destination.',
  source: 'The plan language',
  *check(places) {
    const { conversions, stages, environments, markets, audiences, destinations } = places
    const known = [conversions, stages, environments, markets, audiences, destinations]
      .flatMap((all) => all.map(({ id }) => id))
      .concat(places.parameters.map(({ name }) => name))
    for (const [index, { at }] of (places.plan.ignore ?? []).entries()) {
      if (at === undefined || known.includes(at)) continue
      const meant = didYouMean(at, known)
      yield {
        at: pointerOf('ignore', index, 'at'),
        message: `The plan has no ${quoted(at)}.`,
        ...(meant === undefined ? {} : { fix: `did you mean ${quoted(meant)}?` }),
      }
    }
  },
})
