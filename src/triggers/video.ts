import { or } from '../words/counting.ts'
import type { TriggerModule } from './module.ts'
import { ascending, percentsFrom, percentWords } from './percents.ts'

export interface VideoTrigger {
  readonly kind: 'video'
  readonly start: boolean
  readonly complete: boolean
  readonly pause: boolean
  readonly percent: readonly number[]
}

export const video: TriggerModule<'video'> = {
  build: ({ start = false, complete = false, pause = false, percent = [] }) => ({
    kind: 'video',
    start,
    complete,
    pause,
    percent: ascending(percent),
  }),
  toGtm: ({ start, complete, pause, percent }) => ({
    template: 'you-tube-video',
    prefix: 'Video',
    values: { start, complete, pause, percent: percent.join(',') },
    conditions: [],
  }),
  listener: 'gtm.video',
  fromGtm: ({ type, parameters, filter }) => {
    if (type !== 'youTubeVideo') return undefined
    const percent = parameters.captureProgress === true ? parameters.progressThresholdsPercent : undefined
    const depths = percentsFrom(percent)
    const said = {
      ...(parameters.captureStart === true ? { start: true } : {}),
      ...(parameters.captureComplete === true ? { complete: true } : {}),
      ...(parameters.capturePause === true ? { pause: true } : {}),
      ...(depths === undefined ? {} : { percent: depths }),
    }
    return { said, when: filter }
  },
  words: ({ start, complete, pause, percent }) => {
    const moments = [
      ...(start ? ['started'] : []),
      ...(percent.length > 0 ? [`played to ${percentWords(percent)}`] : []),
      ...(complete ? ['ended'] : []),
      ...(pause ? ['paused or sought'] : []),
    ]
    return `video ${moments.join(' or ')}`
  },
  plain: ({ start, complete, pause, percent }) =>
    or([
      ...(start ? ['a YouTube video is started'] : []),
      ...(percent.length > 0 ? [`${percentWords(percent)} of a YouTube video has been played`] : []),
      ...(complete ? ['a YouTube video has been played to its end'] : []),
      ...(pause ? ['a YouTube video is paused or wound'] : []),
    ]),
  texts: () => [],
  fills: ['video'],
  examples: [
    {
      said: { start: true, percent: [50], complete: true },
      words: 'video started or played to 50% or ended',
      plain:
        'a YouTube video is started, 50% of a YouTube video has been played or a YouTube video has been played to its end',
    },
    { said: { pause: true }, words: 'video paused or sought', plain: 'a YouTube video is paused or wound' },
  ],
}
