import { idPart } from './ids.ts'
import type { SourceModule } from './module.ts'
import { plainElement } from './plain-element.ts'
import type { Said } from './source.ts'
import { elementWords, quotedName } from './words.ts'

export interface ElementSource extends Said<'element'> {
  readonly kind: 'element'
}

export const element: SourceModule<'element'> = {
  build: (said) => ({ kind: 'element', ...said }),
  variable: ({ selector = '', id = '', attribute = '' }) => {
    const target = selector === '' ? `id.${idPart(id)}` : `css.${idPart(selector)}`
    return {
      template: 'dom-element',
      id: `element.${target}${attribute === '' ? '' : `~${idPart(attribute)}`}`,
      label: ['DOM', [selector === '' ? id : selector, attribute].join(' ').trim()],
      values: { selector, id, attribute },
    }
  },
  fromGtm: ({ type, parameters: { elementSelector, elementId, attributeName } }) => {
    if (type !== 'd') return undefined
    const attribute = typeof attributeName === 'string' ? { attribute: attributeName } : {}
    if (typeof elementSelector === 'string') return { element: { selector: elementSelector, ...attribute } }
    return typeof elementId === 'string' ? { element: { id: elementId, ...attribute } } : undefined
  },
  words: (source) =>
    `${source.attribute === undefined ? 'text' : `attribute ${source.attribute}`} of ${elementWords(source, 'an element')}`,
  plain: (source) =>
    `${source.attribute === undefined ? 'the text' : quotedName(source.attribute)} of ${plainElement(source, 'element')}`,
  texts: (said, at) =>
    Object.entries(said).map(([part, text]) => ({
      at: `${at}/element/${part}`,
      text: text as string,
      sort: part === 'selector' ? 'selector' : 'name',
      on: 'element',
    })),
  subjects: {},
  type: () => 'any',
  // GTM gives null where there is no such element, and GA4's tag sends that as the text `null` (GTM-RUNTIME 12).
  format: { null: { nothing: true } },
  hasDefault: false,
  examples: [
    {
      source: { element: { selector: '.price', attribute: 'data-net' } },
      words: 'attribute data-net of .price',
    },
    { source: { element: { id: 'sku' } }, words: 'text of #sku' },
  ],
}
