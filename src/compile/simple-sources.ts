import type { Source } from '../plan/plan.ts'
import { builtInName } from '../facts/built-ins.ts'
import type { Text } from './render.ts'

/** Sources that need no variable of ours: literals, built-in variables, somebody else's variables. */
export function simpleText(source: Source): Text | undefined {
  switch (source.kind) {
    case 'literal':
      return String(source.value)
    case 'variable':
      return { variable: source.name }
    case 'page':
      return source.part === 'fragment' ? undefined : builtIn(PAGE_PARTS[source.part])
    case 'click': {
      const type = CLICK_PARTS[source.what]
      return type === undefined ? undefined : builtIn(type)
    }
    case 'form':
      return builtIn(`form${capital(source.what)}`)
    case 'scroll':
      return builtIn(SCROLL_PARTS[source.what])
    case 'video':
      return builtIn(source.what === 'current_time' ? 'videoCurrentTime' : `video${capital(source.what)}`)
    case 'visibility':
      return builtIn(source.what === 'percent' ? 'elementVisibilityRatio' : 'elementVisibilityTime')
    case 'history':
      return builtIn(HISTORY_PARTS[source.what])
    case 'error':
      return builtIn(`error${capital(source.what)}`)
    case 'dataLayer':
    case 'query':
    case 'cookie':
    case 'element':
    case 'lookup':
    case 'match':
    case 'javascript':
      return undefined
  }
}

const PAGE_PARTS = {
  full: 'pageUrl',
  host: 'pageHostname',
  path: 'pagePath',
  referrer: 'referrer',
} as const

const CLICK_PARTS: { readonly [what: string]: string } = {
  url: 'clickUrl',
  text: 'clickText',
  id: 'clickId',
  classes: 'clickClasses',
  target: 'clickTarget',
  element: 'clickElement',
}

const SCROLL_PARTS = {
  depth: 'scrollDepthThreshold',
  units: 'scrollDepthUnits',
  direction: 'scrollDepthDirection',
} as const

const HISTORY_PARTS = {
  source: 'historySource',
  new_fragment: 'newHistoryFragment',
  old_fragment: 'oldHistoryFragment',
  new_state: 'newHistoryState',
  old_state: 'oldHistoryState',
} as const

function builtIn(type: string): Text {
  return { variable: builtInName(type) }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
