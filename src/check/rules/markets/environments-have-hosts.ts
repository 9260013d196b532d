import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const environmentsHaveHosts = rule({
  code: 'environments-have-hosts',
  severity: 'info',
  profile: 'strict',
  title: 'An environment names its hosts.',
  reason: 'They say which site or market it is for, and tell a test visit from a real one.',
  fix: 'add `hosts`.',
  source: METHOD,
  catalogue: ['L-M01'],
  *check(places) {
    for (const { id, at, environment } of places.environments) {
      if (environment.hosts === undefined)
        yield { at, about: 'key', absent: 'hosts', message: `The environment ${quoted(id)} names no hosts.` }
    }
  },
})
