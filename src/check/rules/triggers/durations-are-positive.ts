import { rule } from '../../rule.ts'

export const durationsArePositive = rule({
  code: 'durations-are-positive',
  severity: 'error',
  profile: 'always',
  title: "A timer's interval and a visibility duration are more than nothing.",
  reason: 'GTM does not fire a timer of zero, and a duration of zero is the same as none.',
  fix: 'write a duration such as 30s.',
  source: 'https://support.google.com/tagmanager/answer/7679412',
  catalogue: ['L-T12'],
  *check(places) {
    for (const conversion of places.conversions) {
      for (const { at, trigger } of conversion.triggers) {
        if (trigger.timer !== undefined && Number.parseInt(trigger.timer.every, 10) === 0)
          yield { at: `${at}/timer/every`, message: 'The timer has an interval of zero.' }
        const duration = trigger.visible?.duration
        if (duration !== undefined && Number.parseInt(duration, 10) === 0)
          yield {
            at: `${at}/visible/duration`,
            message: 'The element has to be visible for zero seconds.',
            fix: 'remove `duration`, or write one such as 2s.',
          }
      }
    }
  },
})
