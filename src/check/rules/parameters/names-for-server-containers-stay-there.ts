import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { EVENTS_PAGE } from '../../../facts/limits.ts'
import { isNameOfGa4 } from '../../../facts/parameters.ts'
import { isOfGa4 } from '../../places.ts'

export const namesForServerContainersStayThere = rule({
  code: 'names-for-server-containers-stay-there',
  severity: 'error',
  profile: 'minimal',
  title: 'A parameter whose name has dots or hyphens is for a server container only.',
  reason:
    'GA4 takes letters, digits and underscores: it registers no other name, and drops such parameters where no server container reads them first.',
  fix: 'use underscores; or remove `register`, and name the server container with `transportUrl`.',
  source: EVENTS_PAGE,
  *check(places) {
    const hasServer =
      places.plan.transportUrl !== undefined ||
      places.environments.some(({ environment }) => environment.transportUrl !== undefined)
    for (const { at, name, definition } of places.parameters) {
      if (definition.register !== undefined && !isNameOfGa4(name))
        yield {
          at: `${at}/register`,
          about: 'key',
          message: `GA4 does not register the name ${quoted(name)}.`,
        }
    }
    const seen = new Set<string>()
    for (const { at, name } of places.sources.filter(isOfGa4)) {
      if (hasServer || isNameOfGa4(name) || seen.has(name)) continue
      seen.add(name)
      yield {
        at,
        about: 'key',
        restsOn: [at],
        severity: 'warning',
        message: `GA4 drops ${quoted(name)}, and the plan names no server container that reads it.`,
      }
    }
  },
})
