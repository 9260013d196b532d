import { momentsOf, NEW_VIDEO, type Video, type VideoMoment } from '../core/listeners.ts'
import type { Asking, Host } from './host.ts'

/** What a declared video does. YouTube's player is on the network, so the moment is said instead of played. */
interface Declared extends VideoMoment {
  readonly title: string
  readonly url: string
}

/** The page dispatches `plan-video` on the window, with the moment as its detail. */
export function listenToVideo(host: Host, asking: readonly Asking<'youTubeVideo'>[]): void {
  const videos = new Map<string, Video>()
  addEventListener('plan-video', (event) => {
    const { status, percent, title, url } = (event as CustomEvent<Declared>).detail
    const { video, moments } = momentsOf(asking, videos.get(url) ?? NEW_VIDEO, { status, percent })
    videos.set(url, video)
    for (const moment of moments)
      host.push({
        event: 'gtm.video',
        'gtm.videoProvider': 'youtube',
        'gtm.videoStatus': moment.status,
        'gtm.videoUrl': url,
        'gtm.videoTitle': title,
        'gtm.videoPercent': moment.percent,
        'gtm.videoVisible': true,
        'gtm.triggers': host.idsOf(moment.asked),
      })
  })
}
