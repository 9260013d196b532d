import type { TriggerModule } from './module.ts'
import { ascending, percentsFrom, percentWords } from './percents.ts'

export interface ScrollTrigger {
  readonly kind: 'scroll'
  readonly percent: readonly number[]
}

export const scroll: TriggerModule<'scroll'> = {
  build: ({ percent }) => ({ kind: 'scroll', percent: ascending(percent) }),
  toGtm: ({ percent }) => ({
    template: 'scroll-depth',
    prefix: 'Scroll',
    values: { percent: percent.join(',') },
    conditions: [],
  }),
  listener: 'gtm.scrollDepth',
  fromGtm: ({ type, parameters, filter }) => {
    const percent = percentsFrom(parameters.verticalThresholdsPercent)
    return type === 'scrollDepth' && percent !== undefined ? { said: { percent }, when: filter } : undefined
  },
  words: ({ percent }) => `scrolled to ${percentWords(percent)}`,
  plain: ({ percent }) => `${percentWords(percent)} of a page has been scrolled`,
  texts: () => [],
  fills: ['scroll'],
  examples: [
    {
      said: { percent: [75, 25, 50] },
      words: 'scrolled to 25%, 50% or 75%',
      plain: '25%, 50% or 75% of a page has been scrolled',
    },
  ],
}
