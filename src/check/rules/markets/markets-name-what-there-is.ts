import { pointerOf } from '../../../plan/diagnostic.ts'
import { or } from '../../../words/counting.ts'
import { rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const marketsNameWhatThereIs = rule({
  code: 'markets-name-what-there-is',
  severity: 'error',
  profile: 'always',
  title: 'A market names environments, destinations and conversions of the plan.',
  reason: 'What is not there has no container to go to, no tag to send and no number to reach.',
  fix: 'correct the id, or add what it names.',
  source: 'The plan language',
  *check(places) {
    const environments = places.environments.map(({ id }) => id)
    const destinations = Object.keys(places.plan.destinations ?? {})
    const conversions = places.conversions.map(({ id }) => id)
    for (const { id, at, market } of places.markets) {
      const { environment } = market
      const named = [
        ...(environment === undefined ? [] : [environment].flat()).map((name, index) => ({
          at: at + pointerOf('environment', ...(Array.isArray(environment) ? [index] : [])),
          name,
          what: 'environment',
          known: environments,
        })),
        ...Object.keys(market.destinations ?? {}).map((name) => ({
          at: at + pointerOf('destinations', name),
          name,
          what: 'destination',
          known: destinations,
        })),
        ...(['targets', 'send'] as const).flatMap((field) =>
          Object.keys(market[field] ?? {}).map((name) => ({
            at: at + pointerOf(field, name),
            name,
            what: 'conversion',
            known: conversions,
          })),
        ),
      ]
      for (const { at: place, name, what, known } of named) {
        if (known.includes(name)) continue
        const meant = didYouMean(name, known)
        yield {
          at: place,
          about: what === 'environment' ? 'value' : 'key',
          restsOn: [
            what === 'environment' ? '/environments' : what === 'destination' ? '/destinations' : '/stages',
          ],
          message: `The market ${quoted(id)} names the ${what} ${quoted(name)}, and the plan has none of that id.`,
          ...(meant !== undefined
            ? { fix: `did you mean ${quoted(meant)}?` }
            : what === 'environment' && known.length > 0
              ? { fix: `write ${or(known)}, or add it under \`environments\`.` }
              : {}),
        }
      }
    }
  },
})
