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
  *check(view) {
    for (const { id, at, owner } of view.conversions) {
      if (owner === undefined)
        yield { at, about: 'key', absent: 'owner', message: `Nobody owns ${quoted(id)}.` }
    }
  },
})
