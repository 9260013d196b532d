import { METHOD, rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const ratesAreOfSomethingKnown = rule({
  code: 'rates-are-of-something-known',
  severity: 'error',
  profile: 'always',
  title: 'A rate is a share of sessions, of users or of another conversion of the plan.',
  reason: 'Anything else cannot be looked up when the target is compared with what happened.',
  fix: 'write sessions, users, or the id of a conversion.',
  source: METHOD,
  catalogue: ['L-P12'],
  *check(places) {
    const known = ['sessions', 'users', ...places.conversions.map((conversion) => conversion.id)]
    for (const { at, target, owner } of places.targets) {
      const { of } = target
      if (of === undefined) continue
      if (of === owner) yield { at: `${at}/of`, message: `${quoted(of)} cannot be a share of itself.` }
      if (known.includes(of)) continue
      const meant = didYouMean(of, known)
      yield {
        at: `${at}/of`,
        message: `There is no ${quoted(of)} to be a share of.`,
        ...(meant === undefined ? {} : { fix: `did you mean ${quoted(meant)}?` }),
      }
    }
  },
})
