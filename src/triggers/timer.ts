import { durationSaid, durationWords, milliseconds, plainDuration } from './durations.ts'
import type { TriggerModule } from './module.ts'

export interface TimerTrigger {
  readonly kind: 'timer'
  /** Milliseconds. */
  readonly every: number
  readonly limit: number
}

export const timer: TriggerModule<'timer'> = {
  build: ({ every, limit = 1 }) => ({ kind: 'timer', every: milliseconds(every), limit }),
  toGtm: ({ every, limit }) => ({
    template: 'timer',
    prefix: 'Timer',
    values: { interval: String(every), limit: String(limit) },
    conditions: [],
  }),
  listener: 'gtm.timer',
  fromGtm: ({ type, settings, filter }) => {
    const [every, limit] = [Number(settings.interval), Number(settings.limit)]
    if (type !== 'timer' || !(every > 0)) return undefined
    return { said: { every: durationSaid(every), ...(limit === 1 ? {} : { limit }) }, when: filter }
  },
  words: ({ every, limit }) =>
    limit === 1
      ? `${durationWords(every)} on the page`
      : `every ${durationWords(every)} on the page, at most ${limit} times`,
  plain: ({ every, limit }) =>
    limit === 1
      ? `a visitor has been on a page for ${plainDuration(every)}`
      : `a visitor has been on a page for another ${plainDuration(every)}, at most ${limit} times`,
  arms: () => true,
  texts: () => [],
  fills: [],
  examples: [
    {
      said: { every: '45s', limit: 1 },
      words: '45 s on the page',
      plain: 'a visitor has been on a page for 45 seconds',
    },
    {
      said: { every: '2m', limit: 3 },
      words: 'every 2 min on the page, at most 3 times',
      plain: 'a visitor has been on a page for another 2 minutes, at most 3 times',
    },
  ],
}
