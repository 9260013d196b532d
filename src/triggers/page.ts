import type { TriggerModule } from './module.ts'
import { plain } from './plain.ts'
import type { Said } from './trigger.ts'

export interface PageTrigger {
  readonly kind: 'page'
  readonly moment: Said<'page'>
}

const MOMENTS: {
  readonly [moment in Said<'page'>]: {
    readonly type: string
    readonly prefix: string
    readonly words: string
    readonly plain: string
  }
} = {
  viewed: { type: 'pageview', prefix: 'Page View', words: 'page viewed', plain: 'a page is opened' },
  dom_ready: { type: 'domReady', prefix: 'DOM Ready', words: 'page ready', plain: 'a page can be read' },
  loaded: {
    type: 'windowLoaded',
    prefix: 'Window Loaded',
    words: 'page loaded with all images',
    plain: 'a page has loaded with all its images',
  },
}

export const page: TriggerModule<'page'> = {
  build: (moment) => ({ kind: 'page', moment }),
  toGtm: ({ moment }) => plain(MOMENTS[moment].type, MOMENTS[moment].prefix),
  fromGtm: ({ type, filter }) => {
    const said = (Object.keys(MOMENTS) as Said<'page'>[]).find((moment) => MOMENTS[moment].type === type)
    return said && { said, when: filter }
  },
  words: ({ moment }) => MOMENTS[moment].words,
  plain: ({ moment }) => MOMENTS[moment].plain,
  texts: () => [],
  fills: [],
  examples: [
    { said: 'viewed', words: 'page viewed', plain: 'a page is opened' },
    { said: 'dom_ready', words: 'page ready', plain: 'a page can be read' },
    { said: 'loaded', words: 'page loaded with all images', plain: 'a page has loaded with all its images' },
  ],
}
