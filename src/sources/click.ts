import { builtInName } from '../facts/built-ins.ts'
import { ENCODED } from './encoded.ts'
import { autoEvent } from './auto-event.ts'
import { idPart } from './ids.ts'
import type { SourceModule } from './module.ts'
import { actedOn } from './words.ts'

/** What GTM knows about the clicked element by name; everything else is an attribute of it. */
const PARTS: { readonly [what: string]: string } = {
  url: 'clickUrl',
  text: 'clickText',
  id: 'clickId',
  classes: 'clickClasses',
  target: 'clickTarget',
  element: 'clickElement',
}

export interface ClickSource {
  readonly kind: 'click'
  /** A part such as `url`, or the name of an attribute. */
  readonly what: string
}

export const click: SourceModule<'click'> = {
  ...autoEvent('click', PARTS, { element: 'element' }),
  text: ({ what }) => {
    const type = PARTS[what]
    return type === undefined ? undefined : { variable: builtInName(type) }
  },
  variable: ({ what }) => ({
    template: 'auto-event',
    id: `click.${idPart(what)}`,
    label: ['AEV', what],
    values: { attribute: what },
  }),
  fromGtm: ({ type, parameters: { varType, attribute } }) =>
    type === 'aev' && varType === 'ATTRIBUTE' && typeof attribute === 'string'
      ? { click: attribute }
      : undefined,
  words: ({ what }) => `${what} of the clicked element`,
  plain: ({ what }) => actedOn(what, 'what is clicked'),
  encoded: ({ what }) => (what === 'url' ? ENCODED.any : undefined),
  type: ({ what }) => (what === 'element' ? 'element' : what.includes('-') ? 'any' : 'text'),
  examples: [
    { source: { click: 'url' }, words: 'url of the clicked element' },
    { source: { click: 'data-cta' }, words: 'data-cta of the clicked element' },
  ],
}
