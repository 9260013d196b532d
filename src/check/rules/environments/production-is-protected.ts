import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const productionIsProtected = rule({
  code: 'production-is-protected',
  severity: 'warning',
  profile: 'recommended',
  title: 'The production environment is protected.',
  reason:
    'A protected environment is never applied unless it is named: a slip in the terminal does not change the live site.',
  fix: 'add `protected: true`.',
  source: METHOD,
  catalogue: ['L-G01'],
  *check(places) {
    for (const { id, at, environment } of places.environments) {
      if (/^(prod|production|live)$/.test(id) && environment.protected !== true)
        yield {
          at,
          about: 'key',
          absent: 'protected',
          message: `The environment ${quoted(id)} is not protected.`,
        }
    }
  },
})
