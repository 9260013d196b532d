import {
  momentsOf,
  NEW_VIDEO,
  videoKeys,
  type Film,
  type Video,
  type VideoMoment,
} from '../core/listeners.ts'
import type { Asking, Host } from './host.ts'

/** The page dispatches `plan-video` on the window, with what the film does and says of itself as its detail. */
export function listenToVideo(host: Host, asking: readonly Asking<'youTubeVideo'>[]): void {
  const videos = new Map<string, Video>()
  addEventListener('plan-video', (event) => {
    const said = (event as CustomEvent<VideoMoment & Film>).detail
    const { video, moments } = momentsOf(asking, videos.get(said.url) ?? NEW_VIDEO, said)
    videos.set(said.url, video)
    for (const moment of moments)
      host.push({ ...videoKeys(said, moment), 'gtm.triggers': host.idsOf(moment.asked) })
  })
}
