import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'

export const sharedContainersHaveHosts = rule({
  code: 'shared-containers-have-hosts',
  severity: 'error',
  profile: 'always',
  title: 'Environments that share a container are told apart by their hosts.',
  reason:
    "The container asks the page's host name which property gets the data; without hosts the test site would count as the real one.",
  fix: 'give each environment that shares the container its own `hosts`.',
  source: 'https://support.google.com/tagmanager/answer/7683362',
  catalogue: ['L-T17'],
  *check(places) {
    const byContainer = new Map<string, (typeof places.environments)[number][]>()
    for (const one of places.environments) {
      const container = one.environment.gtm?.container
      if (container !== undefined) byContainer.set(container, [...(byContainer.get(container) ?? []), one])
    }
    for (const [container, sharing] of byContainer) {
      if (sharing.length < 2) continue
      const owners = new Map<string, string>()
      for (const { id, at, environment } of sharing) {
        const others = sharing.filter((other) => other.id !== id).map((other) => quoted(other.id))
        if (environment.hosts === undefined)
          yield {
            at,
            about: 'key',
            absent: 'hosts',
            message: `${quoted(id)} shares container ${container} with ${others.join(', ')}, but has no hosts.`,
          }
        for (const [index, host] of (environment.hosts ?? []).entries()) {
          const other = owners.get(host)
          if (other !== undefined)
            yield {
              at: at + pointerOf('hosts', index),
              message: `The host ${quoted(host)} belongs to ${quoted(other)} in the same container.`,
              fix: 'leave it with one of the two.',
            }
          owners.set(host, id)
        }
      }
    }
  },
})
