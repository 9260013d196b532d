import { nameIn } from './held-text.ts'
import { idPart } from './ids.ts'
import type { SourceModule } from './module.ts'

export interface GlobalSource {
  readonly kind: 'global'
  /** From `window`; dots reach into objects: `document.title`. */
  readonly path: string
}

/** GTM's *JavaScript Variable*: no code of ours runs, so it works where `eval` is forbidden. */
export const global: SourceModule<'global'> = {
  build: (path) => ({ kind: 'global', path }),
  variable: ({ path }) => ({
    template: 'javascript-variable',
    id: `global.${idPart(path)}`,
    label: ['JSV', path],
    values: { path },
  }),
  fromGtm: ({ type, parameters: { name } }) =>
    type === 'j' && typeof name === 'string' ? { global: name } : undefined,
  words: ({ path }) => `JavaScript variable ${path}`,
  texts: (said, at) => nameIn(said, `${at}/global`),
  subjects: { global: { test: 'below a name', source: (path) => ({ kind: 'global', path }) } },
  type: () => 'any',
  hasDefault: false,
  examples: [{ source: { global: 'document.title' }, words: 'JavaScript variable document.title' }],
}
