import { autoEvent } from './auto-event.ts'
import type { SourceModule } from './module.ts'
import type { Said } from './source.ts'

export interface HistorySource {
  readonly kind: 'history'
  readonly what: Said<'history'>
}

export const history: SourceModule<'history'> = {
  ...autoEvent('history', {
    source: 'historySource',
    new_fragment: 'newHistoryFragment',
    old_fragment: 'oldHistoryFragment',
    new_state: 'newHistoryState',
    old_state: 'oldHistoryState',
  }),
  words: ({ what }) => `${what.replaceAll('_', ' ')} of the address change`,
  examples: [{ source: { history: 'new_fragment' }, words: 'new fragment of the address change' }],
}
