import { rule } from '../../rule.ts'
import { pointerOf, type Pointer } from '../../../plan/diagnostic.ts'
import { kindsIn } from '../../../triggers/kinds.ts'
import { areSteps, hearOneAction, hearOneEvent, heardBy } from '../../overlaps.ts'
import { allTriggers } from '../../trigger-tree.ts'

export const severalTriggersDoNotOverlap = rule({
  code: 'several-triggers-do-not-overlap',
  severity: 'warning',
  profile: 'recommended',
  title: 'Of several triggers for one conversion, no two see the same action.',
  reason:
    'A data layer event and the form submission before it are one sign-up, a click on a link is a click too: counted twice.',
  fix: 'keep the strongest: the data layer event.',
  source: 'https://support.google.com/tagmanager/answer/7679102',
  catalogue: ['L-T15'],
  *check(places) {
    // How much of it was seen is sent along.
    const isProgress = (at: Pointer): boolean =>
      places.sources.some(
        ({ kind, use, conversion }) =>
          kind === 'visibility' &&
          use === 'parameter' &&
          conversion !== undefined &&
          at.startsWith(`${conversion.at}/`),
      )
    for (const { at, trigger } of allTriggers(places)) {
      const any = trigger.any ?? []
      const kinds = any.map((one) => kindsIn(one)[0])
      const weak = kinds.findIndex((kind) => kind === 'form' || kind === 'click')
      if (kinds.includes('dataLayer') && weak !== -1 && any[weak]?.when === undefined)
        yield {
          at: at + pointerOf('any', weak),
          message: `The ${kinds[weak] ?? ''} and the event of the data layer may both fire for one action.`,
        }
      const heard = any.map((one, index) => heardBy(one, at + pointerOf('any', index)))
      for (const [index, ones] of heard.entries()) {
        const twin = heard
          .slice(0, index)
          .findIndex((others) =>
            others.some((a) =>
              ones.some(
                (b) => hearOneAction(a, b) && !hearOneEvent(a, b) && !(isProgress(at) && areSteps(a, b)),
              ),
            ),
          )
        // The same trigger twice is told by another rule.
        if (twin === -1 || JSON.stringify(any[twin]) === JSON.stringify(any[index])) continue
        yield {
          at: at + pointerOf('any', index),
          message: `This and alternative ${twin + 1} (${kinds[twin] ?? 'any'}) both fire for one action.`,
          fix: 'keep the one that hears it best: the link rather than the click.',
        }
      }
    }
  },
})
