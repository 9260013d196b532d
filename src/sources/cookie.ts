import { nameIn } from './held-text.ts'
import { idPart } from './ids.ts'
import type { SourceModule } from './module.ts'
import { quotedName } from './words.ts'

export interface CookieSource {
  readonly kind: 'cookie'
  readonly name: string
}

export const cookie: SourceModule<'cookie'> = {
  build: (name) => ({ kind: 'cookie', name }),
  variable: ({ name }) => ({
    template: 'cookie',
    id: `cookie.${idPart(name)}`,
    label: ['Cookie', name],
    values: { cookie: name },
  }),
  fromGtm: ({ type, parameters: { name, decodeCookie } }) =>
    type === 'k' && decodeCookie === false && typeof name === 'string' ? { cookie: name } : undefined,
  words: ({ name }) => `cookie ${name}`,
  plain: ({ name }) => `the cookie ${quotedName(name)}`,
  texts: (said, at) => nameIn(said, `${at}/cookie`),
  subjects: { cookie: { test: 'below a name', source: (name) => ({ kind: 'cookie', name }) } },
  type: () => 'any',
  hasDefault: false,
  examples: [{ source: { cookie: 'seen' }, words: 'cookie seen' }],
}
