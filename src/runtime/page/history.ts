import type { Host } from './host.ts'

/** Wraps pushState and replaceState; a hash link gives one event, its hashchange is swallowed (GTM-RUNTIME 5.1, 10). */
export function listenToHistory(host: Host): void {
  let url = new URL(location.href)
  let state: unknown = history.state
  const changed = (source: string): void => {
    const before = { url, state }
    url = new URL(location.href)
    state = history.state
    host.push({
      event: 'gtm.historyChange',
      'gtm.historyChangeSource': source,
      'gtm.oldUrlFragment': before.url.hash.slice(1),
      'gtm.newUrlFragment': url.hash.slice(1),
      'gtm.oldHistoryState': before.state,
      'gtm.newHistoryState': state,
      'gtm.oldUrl': before.url.href.replace(before.url.hash, ''),
      'gtm.newUrl': url.href.replace(url.hash, ''),
    })
  }
  for (const source of ['pushState', 'replaceState'] as const) {
    const original = history[source].bind(history)
    history[source] = (...args) => {
      original(...args)
      changed(source)
    }
  }
  addEventListener('popstate', () => changed('popstate'))
}
