import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const conversionsHaveAnOwner = rule({
  code: 'conversions-have-an-owner',
  severity: 'error',
  profile: 'minimal',
  title: 'Every conversion has an owner.',
  reason: 'A number that nobody answers for is a number that nobody acts on.',
  fix: 'add `owner` to it, or one `owner` to the plan for all.',
  source: METHOD,
  catalogue: ['L-P10'],
  *check(places) {
    const [first, ...more] = places.conversions.filter(({ owner }) => owner === undefined)
    if (first === undefined) return
    const one = more.length === 0
    yield {
      at: one ? first.at : '/plan',
      about: 'key',
      absent: 'owner',
      restsOn: ['/owner'],
      message: one
        ? `Nobody owns ${quoted(first.id)}.`
        : `Nobody owns ${quoted(first.id)} and ${more.length} more.`,
    }
  },
})
