import { SOURCES } from '../../../sources/kinds.ts'
import { rule } from '../../rule.ts'

export const defaultsGoWithSourcesThatHaveOne = rule({
  code: 'defaults-go-with-sources-that-have-one',
  severity: 'error',
  profile: 'always',
  title: '`default` goes with dataLayer, lookup and match only.',
  reason: 'GTM has a default for these variables and for no others; it would be lost without notice.',
  fix: 'remove `default`, or wrap the source in a lookup or match table.',
  source: 'https://support.google.com/tagmanager/answer/7683362',
  *check(places) {
    for (const { at, source, kind } of places.sources) {
      if (
        typeof source !== 'object' ||
        source.default === undefined ||
        kind === 'none' ||
        kind === 'literal' ||
        SOURCES[kind].hasDefault
      )
        continue
      yield { at: `${at}/default`, about: 'key', message: `A value from ${kind} has no default in GTM.` }
    }
  },
})
