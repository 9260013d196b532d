import { isSourceKind } from '../../../sources/kinds.ts'
import { filledBy } from '../../../triggers/kinds.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { or } from '../../../words/counting.ts'

export const sourcesFitTheirTriggers = rule({
  code: 'sources-fit-their-triggers',
  severity: 'error',
  profile: 'minimal',
  title: 'A value from a click, form, scroll or video is read on a trigger that has one.',
  reason:
    'GTM fills these variables only on their own events; on any other, the parameter would hold nothing or what was left from before.',
  fix: 'read the value from the data layer, or use the trigger that fills it.',
  source: 'https://support.google.com/tagmanager/answer/7182738',
  catalogue: ['L-T25'],
  *check(places) {
    for (const { at, kind, conversion } of places.sources) {
      const fitting = kind === 'literal' || kind === 'none' ? undefined : filledBy(kind)
      if (fitting === undefined || conversion === undefined || conversion.kinds.length === 0) continue
      if (conversion.kinds.some((trigger) => fitting.includes(trigger))) continue
      yield {
        at,
        message: `${quoted(conversion.id)} fires on ${or(conversion.kinds)}, where there is no ${kind} to read from; that needs a ${or(fitting)} trigger.`,
      }
    }
    for (const { at, subject, conversion } of places.conditions) {
      const fitting = isSourceKind(subject) ? filledBy(subject) : undefined
      if (
        fitting === undefined ||
        conversion.kinds.length === 0 ||
        conversion.kinds.some((trigger) => fitting.includes(trigger))
      )
        continue
      yield {
        at: `${at}/${subject}`,
        about: 'key',
        message: `The trigger is of kind ${or(conversion.kinds)}, where there is no ${subject} to test; that needs a ${or(fitting)} trigger.`,
        fix: 'test something else, or use the trigger that fills it.',
      }
    }
  },
})
