import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const namesDifferByMoreThanSpelling = rule({
  code: 'names-differ-by-more-than-spelling',
  severity: 'warning',
  profile: 'recommended',
  title: 'Two names differ by more than case, separator or plural.',
  reason: '`signup` and `sign_up` are two events to GA4 and one to everybody else.',
  fix: 'use one of the two for both.',
  source: 'https://support.google.com/analytics/answer/13316687',
  catalogue: ['L-N06'],
  *check(places) {
    const plain = (name: string): string => name.toLowerCase().replaceAll(/[_\d]/g, '').replace(/s$/, '')
    const groups: { at: string; about?: 'key'; name: string }[][] = [
      places.conversions
        .filter(({ inGa4, data }) => inGa4 && data.event !== undefined)
        .map(({ at, data }) => ({ at: `${at}/event`, name: data.event ?? '' })),
      [
        ...places.parameters.map(({ at, name }) => ({ at, about: 'key' as const, name })),
        ...places.sources
          .filter(({ use }) => use === 'parameter' || use === 'shared')
          .map(({ at, name }) => ({ at, about: 'key' as const, name })),
      ],
    ]
    for (const group of groups) {
      const first = new Map<string, string>()
      const said = new Set<string>()
      for (const { at, about, name } of group) {
        const before = first.get(plain(name))
        if (before === undefined) first.set(plain(name), name)
        else if (
          before !== name &&
          !said.has(name) &&
          before.replaceAll(/\D/g, '') === name.replaceAll(/\D/g, '')
        ) {
          said.add(name)
          yield {
            at,
            ...(about === undefined ? {} : { about }),
            message: `${quoted(name)} differs from ${quoted(before)} only in spelling.`,
          }
        }
      }
    }
  },
})
