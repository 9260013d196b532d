/** Words that people know for what the API says in its own: types, conditions, times. Names as Google's own page has them. */

const TAG_WORDS: Readonly<Record<string, string>> = {
  googtag: 'Google tag',
  gaawe: 'GA4 event',
  gaawc: 'GA4 configuration',
  html: 'Custom HTML',
  img: 'Custom image',
  awct: 'Google Ads conversion',
  awud: 'Google Ads user-provided data',
  sp: 'Google Ads remarketing',
  gclidw: 'Conversion linker',
  flc: 'Floodlight counter',
  fls: 'Floodlight sales',
  ua: 'Universal Analytics',
  sgtmgaaw: 'GA4 (server)',
}

const VARIABLE_WORDS: Readonly<Record<string, string>> = {
  v: 'Data layer variable',
  c: 'Constant',
  jsm: 'Custom JavaScript',
  u: 'URL',
  k: 'First-party cookie',
  j: 'JavaScript variable',
  aev: 'Auto-event variable',
  smm: 'Lookup table',
  remm: 'RegEx table',
  gtes: 'Google tag: event settings',
  gtcs: 'Google tag: configuration settings',
  f: 'HTTP referrer',
  d: 'DOM element',
  e: 'Custom event',
  vis: 'Element visibility',
  awec: 'User-provided data',
  ed: 'Event data',
}

const TRIGGER_WORDS: Readonly<Record<string, string>> = {
  pageview: 'Page view',
  domReady: 'DOM ready',
  windowLoaded: 'Window loaded',
  customEvent: 'Custom event',
  triggerGroup: 'Trigger group',
  init: 'Initialization',
  consentInit: 'Consent initialization',
  click: 'Click: all elements',
  linkClick: 'Click: just links',
  formSubmission: 'Form submission',
  historyChange: 'History change',
  jsError: 'JavaScript error',
  youTubeVideo: 'YouTube video',
  scrollDepth: 'Scroll depth',
  elementVisibility: 'Element visibility',
  timer: 'Timer',
}

const CONDITION_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  equals: ['equals', 'does not equal'],
  contains: ['contains', 'does not contain'],
  startsWith: ['starts with', 'does not start with'],
  endsWith: ['ends with', 'does not end with'],
  matchRegex: ['matches', 'does not match'],
  greater: ['is greater than', 'is not greater than'],
  greaterOrEquals: ['is at least', 'is not at least'],
  less: ['is less than', 'is not less than'],
  lessOrEquals: ['is at most', 'is not at most'],
  cssSelector: ['matches the selector', 'does not match the selector'],
  urlMatches: ['matches the URL', 'does not match the URL'],
}

export function typeWords(kind: string, type: unknown): string {
  const name = String(type ?? '')
  const words = { tag: TAG_WORDS, variable: VARIABLE_WORDS, trigger: TRIGGER_WORDS }[kind]?.[name]
  if (words !== undefined) return words
  if (name.startsWith('cvt_')) return 'Custom template'
  return kind === 'trigger' ? spaced(name) : name
}

export function conditionWords(type: unknown, negated: boolean): string {
  return CONDITION_WORDS[String(type)]?.[negated ? 1 : 0] ?? spaced(String(type))
}

/** clickUrl → Click url */
export function spaced(name: string): string {
  const words = name
    .replaceAll(/([A-Z])/g, ' $1')
    .replaceAll('_', ' ')
    .toLowerCase()
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** ONCE_PER_EVENT → Once per event */
export function enumWords(value: unknown): string {
  const words = String(value ?? '')
    .replaceAll('_', ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A fingerprint is a time; others are shown as they are. */
export function timeWords(stamp: unknown): string {
  const text = String(stamp ?? '')
  const date = /^\d{13}$/.test(text) ? new Date(Number(text)) : new Date(text)
  if (Number.isNaN(date.getTime())) return text
  return date.toISOString().slice(0, 16).replace('T', ' ')
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
