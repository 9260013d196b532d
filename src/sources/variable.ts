import { nameIn } from './held-text.ts'
import type { SourceModule } from './module.ts'

export interface VariableSource {
  readonly kind: 'variable'
  /** As it is called in GTM. */
  readonly name: string
}

/** Somebody else's variable: used by its name, never read or written. */
export const variable: SourceModule<'variable'> = {
  build: (name) => ({ kind: 'variable', name }),
  text: ({ name }) => ({ variable: name }),
  words: ({ name }) => `GTM variable ${name}`,
  texts: (said, at) => nameIn(said, `${at}/variable`),
  subjects: {},
  type: () => 'any',
  hasDefault: false,
  examples: [{ source: { variable: 'Their variable' }, words: 'GTM variable Their variable' }],
}
