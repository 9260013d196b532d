import type { SourceModule } from './module.ts'
import type { Text } from './gtm.ts'
import { servingLabel } from './serving.ts'
import type { Source } from './source.ts'

/** How our own code begins that turns GA4's items into a vendor's: it is no news to anybody. */
export const OF_ITEMS = 'function(){var items='

export interface JavascriptSource {
  readonly kind: 'javascript'
  /** Of the plan: a text. Of our own: with what it reads between its pieces. */
  readonly code: string | readonly (string | Source)[]
  /** Of our own: what it gives, as a part of its key. */
  readonly called?: string
}

function written(part: string | Source, textOf: (source: Source) => Text): Text {
  return typeof part === 'string' ? part : textOf(part)
}

export const javascript: SourceModule<'javascript'> = {
  build: (code) => ({ kind: 'javascript', code }),
  variable: ({ code }, serving, textOf) => ({
    ...servingLabel('javascript', 'JS', serving),
    template: 'custom-javascript',
    values: { code: typeof code === 'string' ? code : { joined: code.map((each) => written(each, textOf)) } },
  }),
  inputs: ({ code }) => (typeof code === 'string' ? [] : code.filter((each) => typeof each !== 'string')),
  fromGtm: ({ type, parameters: { javascript: code } }) =>
    type === 'jsm' && typeof code === 'string' ? { javascript: code } : undefined,
  words: ({ code }) => {
    const text =
      typeof code === 'string' ? code.trim() : code.filter((each) => typeof each === 'string').join('')
    return text.startsWith(OF_ITEMS) ? 'the items, as the vendor takes them' : `JavaScript ${text}`
  },
  texts: (said, at) => [{ at: `${at}/javascript`, text: said, sort: 'code' }],
  subjects: {},
  type: () => 'any',
  hasDefault: false,
  examples: [
    { source: { javascript: 'function() { return 1 }' }, words: 'JavaScript function() { return 1 }' },
  ],
}
