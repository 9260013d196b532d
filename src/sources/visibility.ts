import { autoEvent } from './auto-event.ts'
import type { SourceModule } from './module.ts'
import type { Said } from './source.ts'

export interface VisibilitySource {
  readonly kind: 'visibility'
  readonly what: Said<'visibility'>
}

export const visibility: SourceModule<'visibility'> = {
  ...autoEvent(
    'visibility',
    { percent: 'elementVisibilityRatio', duration: 'elementVisibilityTime' },
    { percent: 'number', duration: 'number' },
  ),
  words: ({ what }) => `visible ${what}`,
  examples: [{ source: { visibility: 'percent' }, words: 'visible percent' }],
}
