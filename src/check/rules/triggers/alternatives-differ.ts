import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'
import { allTriggers } from '../../trigger-tree.ts'

export const alternativesDiffer = rule({
  code: 'alternatives-differ',
  severity: 'error',
  profile: 'minimal',
  title: 'The triggers of one conversion differ from each other.',
  reason:
    'The second adds nothing: GTM fires a tag once on an event, however many of its triggers hear it. Most often another one was meant.',
  fix: 'remove one of the two.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  catalogue: ['L-T15'],
  *check(places) {
    for (const { at, trigger } of allTriggers(places)) {
      for (const group of ['any', 'all'] as const) {
        const seen = new Set<string>()
        for (const [index, one] of (trigger[group] ?? []).entries()) {
          const key = JSON.stringify(one)
          if (seen.has(key))
            yield {
              at: at + pointerOf(group, index),
              message: `The same trigger stands in ${quoted(group)} twice.`,
            }
          seen.add(key)
        }
      }
    }
  },
})
