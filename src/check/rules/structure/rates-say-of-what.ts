import { METHOD, rule } from '../../rule.ts'

export const ratesSayOfWhat = rule({
  code: 'rates-say-of-what',
  severity: 'error',
  profile: 'always',
  title: 'A rate says what it is a share of, and a count or amount in what time.',
  reason: '"8 %" of sessions and of users are different numbers, and "1,200" a week and a month are too.',
  fix: 'add `of: sessions`, `of: users`, the id of another conversion, or `per: month`.',
  source: METHOD,
  catalogue: ['L-P12'],
  *check(places) {
    for (const { at, target } of places.targets) {
      const place = { at, about: 'key' } as const
      // Two numbers at once are another mistake.
      if ([target.rate, target.count, target.amount].filter((one) => one !== undefined).length !== 1) continue
      if (target.rate !== undefined) {
        if (target.of === undefined)
          yield {
            ...place,
            absent: 'of',
            message: `The target is ${target.rate}, but does not say of what.`,
            fix: 'add `of: sessions`, `of: users`, or the id of another conversion.',
          }
        if (target.per !== undefined)
          yield {
            at: `${at}/per`,
            about: 'key',
            message: 'A rate has no period.',
            fix: 'remove `per`.',
            edit: { remove: `${at}/per` },
          }
      } else if (target.count !== undefined || target.amount !== undefined) {
        if (target.per === undefined)
          yield {
            ...place,
            absent: 'per',
            message: `The target is ${target.count ?? target.amount ?? ''}, but does not say in what time.`,
            fix: 'add `per: month`, or another period.',
          }
        if (target.of !== undefined)
          yield {
            at: `${at}/of`,
            about: 'key',
            message: 'Only a rate is a share of something.',
            fix: 'remove `of`, or write a rate.',
          }
      }
    }
  },
})
