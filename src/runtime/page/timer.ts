import type { Asking, Host } from './host.ts'

/** Ticks from where its condition held at gtm.js, until the limit (GTM-RUNTIME 5.1). */
export function listenToTimer(host: Host, asked: Asking<'timer'>): void {
  const { event, interval, limit } = asked.listener
  if (!(interval > 0)) return
  const start = performance.now()
  let number = 0
  const timer = setInterval(() => {
    const now = performance.now()
    number++
    if (limit > 0 && number >= limit) clearInterval(timer)
    host.push({
      event,
      'gtm.timerId': asked.trigger,
      'gtm.timerEventNumber': number,
      'gtm.timerInterval': interval,
      'gtm.timerLimit': limit,
      'gtm.timerStartTime': Math.round(start),
      'gtm.timerCurrentTime': Math.round(now),
      'gtm.timerElapsedTime': Math.round(now - start),
      'gtm.triggers': host.idsOf([asked]),
    })
  }, interval)
}
