import type { SourceModule } from './module.ts'

export interface NothingSource {
  readonly kind: 'nothing'
}

/** GTM's variable *Undefined Value*: a parameter that reads it is left out of the hit. */
export const nothing: SourceModule<'nothing'> = {
  build: () => ({ kind: 'nothing' }),
  variable: () => ({
    template: 'undefined-value',
    id: 'nothing',
    label: ['CONST', 'undefined'],
    values: {},
  }),
  fromGtm: ({ type }) => (type === 'uv' ? { nothing: true } : undefined),
  words: () => 'nothing',
  texts: () => [],
  subjects: {},
  type: () => 'any',
  hasDefault: false,
  examples: [{ source: { nothing: true }, words: 'nothing' }],
}
