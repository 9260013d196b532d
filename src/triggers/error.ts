import type { TriggerModule } from './module.ts'
import { plain } from './plain.ts'

export interface ErrorTrigger {
  readonly kind: 'error'
}

export const error: TriggerModule<'error'> = {
  build: () => ({ kind: 'error' }),
  toGtm: () => plain('jsError', 'JS Error'),
  fromGtm: ({ type, filter }) => (type === 'jsError' ? { said: {}, when: filter } : undefined),
  words: () => 'JavaScript error on the page',
  plain: () => 'a script on the page fails',
  texts: () => [],
  fills: ['error'],
  examples: [{ said: {}, words: 'JavaScript error on the page', plain: 'a script on the page fails' }],
}
