import { patternShapes } from '../sources/pattern-words.ts'
import { quotedName } from '../sources/words.ts'
import { or } from '../words/counting.ts'
import type { TriggerModule } from './module.ts'

export interface DataLayerTrigger {
  readonly kind: 'dataLayer'
  /** A name, or a pattern of names. */
  readonly event: string
  readonly regex: boolean
}

export const dataLayer: TriggerModule<'dataLayer'> = {
  build: (said) =>
    typeof said === 'string'
      ? { kind: 'dataLayer', event: said, regex: false }
      : { kind: 'dataLayer', event: said.matches, regex: true },
  toGtm: ({ event, regex }) => customEvent(event, regex),
  fromGtm: ({ type, customEventFilter, filter }) => {
    const [event, ...more] = customEventFilter
    if (type !== 'customEvent' || event === undefined || more.length > 0) return undefined
    if (event.type === 'equals') return { said: event.arg1, when: filter }
    return event.type === 'matchRegex' ? { said: { matches: event.arg1 }, when: filter } : undefined
  },
  words: ({ event, regex }) => `data layer event ${regex ? 'matching ' : ''}${event}`,
  plain: ({ event, regex }) => {
    const shapes = regex ? patternShapes(event) : undefined
    if (!regex) return `the site itself reports ${quotedName(event)}, after it has succeeded`
    return `the site itself reports ${shapes === undefined ? 'one of certain events' : or(shapes)}, after it has succeeded`
  },
  texts: (said, at) =>
    typeof said === 'string'
      ? [{ at: `${at}/dataLayer`, text: said, sort: 'literal', on: 'event' }]
      : [{ at: `${at}/dataLayer/matches`, text: said.matches, sort: 'pattern', on: 'event' }],
  fills: [],
  examples: [
    {
      said: 'purchase',
      words: 'data layer event purchase',
      plain: 'the site itself reports “purchase”, after it has succeeded',
    },
    {
      said: { matches: '^chat_' },
      words: 'data layer event matching ^chat_',
      plain: 'the site itself reports chat_…, after it has succeeded',
    },
  ],
}

/** A trigger on an event by its name, whoever pushes it: the site, or a listener of GTM's own. */
export function customEvent(event: string, regex: boolean): ReturnType<TriggerModule['toGtm']> {
  return { template: 'custom-event', prefix: 'CE', values: { event, regex }, conditions: [] }
}
