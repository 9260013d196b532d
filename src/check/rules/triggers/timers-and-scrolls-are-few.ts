import { METHOD, rule } from '../../rule.ts'

export const timersAndScrollsAreFew = rule({
  code: 'timers-and-scrolls-are-few',
  severity: 'warning',
  profile: 'recommended',
  title: 'Timers and scroll depths fire a few times at most.',
  reason: 'Every one is an event of every visit: they fill the property and say little.',
  fix: 'keep to three or four depths, and to a limit below ten.',
  source: METHOD,
  catalogue: ['L-T12'],
  *check(places) {
    for (const { triggers } of places.conversions) {
      for (const { at, trigger } of triggers) {
        const depths = trigger.scroll?.percent.length ?? 0
        if (depths > 5)
          yield {
            at: `${at}/scroll/percent`,
            message: `${depths} scroll depths are ${depths} events for every page.`,
          }
        const limit = trigger.timer?.limit ?? 1
        if (limit > 10)
          yield { at: `${at}/timer/limit`, message: `The timer fires up to ${limit} times on a page.` }
        const every = trigger.timer?.every ?? ''
        if (every.endsWith('ms') && Number.parseInt(every, 10) > 0 && Number.parseInt(every, 10) < 1000)
          yield {
            at: `${at}/timer/every`,
            message: `The timer fires after ${every}: before anybody has read a word.`,
            fix: 'write a few seconds at least.',
          }
      }
    }
  },
})
