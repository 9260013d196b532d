import { armedKinds, knownTooLate } from '../../../triggers/armed.ts'
import { kindsIn, triggerModule } from '../../../triggers/kinds.ts'
import { or } from '../../../words/counting.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { allTriggers } from '../../trigger-tree.ts'

export const listenersAreArmedByWhatIsKnown = rule({
  code: 'listeners-are-armed-by-what-is-known',
  severity: 'error',
  profile: 'always',
  title: '`armedWhen` stands where GTM asks for it, and asks for what is known as a page begins.',
  reason:
    'GTM decides once, as the page begins, whether to listen: nothing has been clicked, sent or scrolled by then, and most kinds of trigger listen on every page.',
  fix: 'write it as `when`, which is asked at the moment itself.',
  source: 'https://support.google.com/tagmanager/answer/7679217',
  *check(places) {
    for (const { at, trigger } of allTriggers(places)) {
      const { armedWhen } = trigger
      if (armedWhen === undefined) continue
      const here = { at: `${at}/armedWhen`, about: 'key' } as const
      const [kind] = kindsIn(trigger)
      const group = trigger.any === undefined ? trigger.all && 'all' : 'any'
      const said = kind && trigger[kind]
      if (group !== undefined) {
        yield {
          ...here,
          message: `A group (${group}) listens for nothing itself.`,
          fix: `write it into those of its triggers that are of kind ${or(armedKinds())}.`,
        }
        continue
      }
      if (kind === undefined || said === undefined) continue
      const { arms } = triggerModule(kind)
      if (arms === undefined) {
        yield {
          ...here,
          message: `GTM listens for ${kind} on every page; only triggers of kind ${or(armedKinds())} are told where.`,
        }
        continue
      }
      if (!arms(said)) {
        yield {
          ...here,
          message: `GTM asks a ${kind} trigger where to listen only with \`waitForTags\` or \`checkValidation\`.`,
          fix: `write it as \`when\`, or add \`checkValidation: true\` to the ${kind}.`,
        }
        continue
      }
      for (const [index, condition] of armedWhen.entries()) {
        const late = knownTooLate(condition)
        const [subject] = Object.keys(condition)
        if (late !== undefined && subject !== undefined)
          yield {
            at: here.at + pointerOf(index, subject),
            about: 'key',
            message: `As the page begins there is no ${late} to test.`,
          }
      }
    }
  },
})
