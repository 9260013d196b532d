import type { SourceModule } from './module.ts'
import { servingLabel } from './serving.ts'

export interface JavascriptSource {
  readonly kind: 'javascript'
  readonly code: string
}

export const javascript: SourceModule<'javascript'> = {
  build: (code) => ({ kind: 'javascript', code }),
  variable: ({ code }, serving) => ({
    ...servingLabel('javascript', 'JS', serving),
    template: 'custom-javascript',
    view: { code },
  }),
  fromGtm: ({ type, parameters: { javascript: code } }) =>
    type === 'jsm' && typeof code === 'string' ? { javascript: code } : undefined,
  words: ({ code }) => `JavaScript ${code.trim()}`,
  texts: (said, at) => [{ at: `${at}/javascript`, text: said, sort: 'code' }],
  subjects: {},
  type: () => 'any',
  hasDefault: false,
  examples: [
    { source: { javascript: 'function() { return 1 }' }, words: 'JavaScript function() { return 1 }' },
  ],
}
