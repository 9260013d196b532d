import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { kindsIn } from '../../../triggers/kinds.ts'
import { allTriggers } from '../../trigger-tree.ts'

export const severalTriggersDoNotOverlap = rule({
  code: 'several-triggers-do-not-overlap',
  severity: 'warning',
  profile: 'recommended',
  title: 'Of several triggers for one conversion, no two see the same action.',
  reason: 'A data layer event and the form submission before it are one sign-up, counted twice.',
  fix: 'keep the strongest: the data layer event.',
  source: 'https://support.google.com/tagmanager/answer/7679102',
  catalogue: ['L-T15'],
  *check(view) {
    for (const { at, trigger } of allTriggers(view)) {
      const kinds = (trigger.any ?? []).map((one) => kindsIn(one)[0])
      const weak = kinds.findIndex((kind) => kind === 'form' || kind === 'click')
      if (kinds.includes('dataLayer') && weak !== -1 && trigger.any?.[weak]?.when === undefined)
        yield {
          at: at + pointerOf('any', weak),
          message: `The ${kinds[weak] ?? ''} and the event of the data layer may both fire for one action.`,
        }
    }
  },
})
