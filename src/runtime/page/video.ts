import type { Asking, Host } from './host.ts'

/** What a declared video does. YouTube's player is on the network, so the moment is said instead of played. */
interface VideoMoment {
  readonly status: 'start' | 'pause' | 'progress' | 'complete'
  readonly percent: number
  readonly title: string
  readonly url: string
}

/** The page dispatches `plan-video` on the window, with the moment as its detail. */
export function listenToVideo(host: Host, asking: readonly Asking<'youTubeVideo'>[]): void {
  addEventListener('plan-video', (event) => {
    const { status, percent, title, url } = (event as CustomEvent<VideoMoment>).detail
    const asked = asking.filter(({ listener }) =>
      status === 'progress' ? listener.percent.includes(percent) : listener[status],
    )
    if (asked.length === 0) return
    host.push({
      event: 'gtm.video',
      'gtm.videoProvider': 'youtube',
      'gtm.videoStatus': status,
      'gtm.videoUrl': url,
      'gtm.videoTitle': title,
      'gtm.videoPercent': percent,
      'gtm.videoVisible': true,
      'gtm.triggers': host.idsOf(asked),
    })
  })
}
