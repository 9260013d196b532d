import { rule } from '../../rule.ts'
import { triggerKinds } from '../../../triggers/kinds.ts'
import { allTriggers } from '../../trigger-tree.ts'
import { or } from '../../../words/counting.ts'

export const triggersHaveOneKind = rule({
  code: 'triggers-have-one-kind',
  severity: 'error',
  profile: 'always',
  title: 'A trigger is of exactly one kind.',
  reason: 'One trigger listens for one thing; two kinds in one could mean "either" or "both".',
  fix: 'keep one kind, or write `any: [...]` for either and `all: [...]` for both. In an overlay, `null` removes the kind of the base.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  *check(places) {
    const kinds = [...triggerKinds(), 'any', 'all'] as const
    for (const { at, trigger } of allTriggers(places)) {
      const found = kinds.filter((kind) => trigger[kind] !== undefined)
      if (found.length === 0) {
        const conditions = [trigger.when, trigger.armedWhen, trigger.unless].some(
          (list) => list !== undefined,
        )
        yield {
          at,
          about: 'key',
          absent: '*',
          message: conditions
            ? 'The trigger has conditions, but no kind: it does not say what happens.'
            : 'The trigger has no kind.',
          fix: `add one of ${or(kinds)}.`,
        }
      }
      if (found.length > 1)
        yield {
          at: `${at}/${found[1] ?? ''}`,
          about: 'key',
          message: `The trigger has ${found.length} kinds: ${found.join(' and ')}.`,
        }
    }
  },
})
