import { ENCODED } from './encoded.ts'
import { autoEvent } from './auto-event.ts'
import type { SourceModule } from './module.ts'
import type { Said } from './source.ts'
import { actedOn } from './words.ts'

export interface FormSource {
  readonly kind: 'form'
  readonly what: Said<'form'>
}

export const form: SourceModule<'form'> = {
  ...autoEvent(
    'form',
    {
      id: 'formId',
      classes: 'formClasses',
      text: 'formText',
      url: 'formUrl',
      target: 'formTarget',
      element: 'formElement',
    },
    { element: 'element' },
  ),
  encoded: ({ what }) => (what === 'url' ? ENCODED.any : undefined),
  words: ({ what }) => `${what} of the form`,
  plain: ({ what }) => actedOn(what, 'the form'),
  examples: [{ source: { form: 'id' }, words: 'id of the form' }],
}
