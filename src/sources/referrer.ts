import { builtInName } from '../facts/built-ins.ts'
import { ENCODED } from './encoded.ts'
import type { SourceModule } from './module.ts'

export interface ReferrerSource {
  readonly kind: 'referrer'
}

export const referrer: SourceModule<'referrer'> = {
  build: () => ({ kind: 'referrer' }),
  text: () => ({ variable: builtInName('referrer') }),
  fromBuiltIn: (type) => (type === 'referrer' ? { referrer: true } : undefined),
  plain: () => 'the address of the page before',
  words: () => 'page referrer',
  texts: () => [],
  subjects: { referrer: { test: 'at once', source: { kind: 'referrer' } } },
  encoded: () => ENCODED.whole,
  type: () => 'text',
  always: () => true,
  hasDefault: false,
  examples: [{ source: { referrer: true }, words: 'page referrer' }],
}
