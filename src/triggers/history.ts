import { equals } from '../sources/condition.ts'
import type { TriggerModule } from './module.ts'
import { plain } from './plain.ts'
import { taken } from './taken.ts'
import type { Said } from './trigger.ts'

type Way = NonNullable<Said<'history'>['source']>

export interface HistoryTrigger {
  readonly kind: 'history'
  /** Only this way of changing the address. */
  readonly source?: Way
}

const WAYS: readonly Way[] = ['pushState', 'replaceState', 'popstate']

export const history: TriggerModule<'history'> = {
  build: (said) => ({ kind: 'history', ...said }),
  toGtm: ({ source }) =>
    plain(
      'historyChange',
      'History',
      source === undefined ? [] : [equals({ kind: 'history', what: 'source' }, source)],
    ),
  fromGtm: ({ type, filter }) => {
    if (type !== 'historyChange') return undefined
    const way = taken(filter, 'equals', 'historySource')
    const source = WAYS.find((each) => each === way.value)
    return source === undefined ? { said: {}, when: filter } : { said: { source }, when: way.rest }
  },
  words: ({ source }) => `address changed without a page load${source === undefined ? '' : ` by ${source}`}`,
  plain: () => 'the address changes without a new page being loaded',
  texts: () => [],
  fills: ['history'],
  examples: [
    {
      said: {},
      words: 'address changed without a page load',
      plain: 'the address changes without a new page being loaded',
    },
    {
      said: { source: 'pushState' },
      words: 'address changed without a page load by pushState',
      plain: 'the address changes without a new page being loaded',
    },
  ],
}
