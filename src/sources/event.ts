import { builtInName } from '../facts/built-ins.ts'
import type { SourceModule } from './module.ts'

export interface EventSource {
  readonly kind: 'event'
}

/** The name of the data layer event that is being handled: `purchase`, or `gtm.js` for a page view. */
export const event: SourceModule<'event'> = {
  build: () => ({ kind: 'event' }),
  text: () => ({ variable: builtInName('event') }),
  fromBuiltIn: (type) => (type === 'event' ? { event: true } : undefined),
  fromGtm: ({ type }) => (type === 'e' ? { event: true } : undefined),
  words: () => 'name of the data layer event',
  texts: () => [],
  subjects: { event: { test: 'at once', source: { kind: 'event' } } },
  type: () => 'text',
  always: () => true,
  hasDefault: false,
  examples: [{ source: { event: true }, words: 'name of the data layer event' }],
}
