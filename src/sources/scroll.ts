import { autoEvent } from './auto-event.ts'
import type { SourceModule } from './module.ts'
import type { Said } from './source.ts'

export interface ScrollSource {
  readonly kind: 'scroll'
  readonly what: Said<'scroll'>
}

export const scroll: SourceModule<'scroll'> = {
  ...autoEvent(
    'scroll',
    { depth: 'scrollDepthThreshold', units: 'scrollDepthUnits', direction: 'scrollDepthDirection' },
    { depth: 'number' },
  ),
  words: ({ what }) => `scroll ${what}`,
  examples: [{ source: { scroll: 'depth' }, words: 'scroll depth' }],
}
