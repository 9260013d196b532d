import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'

export const hostsAreHostNames = rule({
  code: 'hosts-are-host-names',
  severity: 'error',
  profile: 'always',
  title: 'A host is a host name, without scheme, port, path or wildcard.',
  reason: "It is compared with the page's host name as a whole, so `https://shop.example/` never matches.",
  fix: 'write the bare name, for example www.harbour.example.',
  source: 'https://developer.mozilla.org/en-US/docs/Web/API/URL/hostname',
  *check(places) {
    const lists = [
      { at: '/site/hosts', hosts: places.plan.site?.hosts ?? [] },
      ...places.environments.map(({ at, environment }) => ({
        at: `${at}/hosts`,
        hosts: environment.hosts ?? [],
      })),
      ...places.markets.map(({ at, market }) => ({ at: `${at}/hosts`, hosts: market.hosts ?? [] })),
    ]
    for (const { at, hosts } of lists) {
      for (const [index, host] of hosts.entries()) {
        if (
          host.includes('${') ||
          // Most hosts are plain; the expression for all scripts takes milliseconds to compile.
          (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host.replaceAll('.', '')) &&
            !/^\.|\.\.|\.-|-\.|\.$/.test(host)) ||
          (host.length < 254 &&
            /^[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)*$/u.test(
              host,
            ))
        )
          continue
        const bare = host.replace(/^[a-z]+:\/\//i, '').replace(/[/:?#].*$/, '')
        const place = at + pointerOf(index)
        const usable = /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/i.test(bare)
        yield {
          at: place,
          message: `${quoted(host)} is not a host name.`,
          ...(usable ? { fix: `write ${bare}.`, edit: { set: place, value: bare } } : {}),
        }
      }
    }
  },
})
