import { autoEvent } from './auto-event.ts'
import type { SourceModule } from './module.ts'
import type { Said } from './source.ts'

export interface VideoSource {
  readonly kind: 'video'
  readonly what: Said<'video'>
}

export const video: SourceModule<'video'> = {
  ...autoEvent(
    'video',
    {
      title: 'videoTitle',
      url: 'videoUrl',
      percent: 'videoPercent',
      status: 'videoStatus',
      provider: 'videoProvider',
      duration: 'videoDuration',
      current_time: 'videoCurrentTime',
      visible: 'videoVisible',
    },
    { percent: 'number', duration: 'number', current_time: 'number' },
  ),
  words: ({ what }) => `video ${what.replaceAll('_', ' ')}`,
  examples: [{ source: { video: 'current_time' }, words: 'video current time' }],
}
