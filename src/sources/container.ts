import { autoEvent } from './auto-event.ts'
import type { SourceModule } from './module.ts'
import type { Said } from './source.ts'

export interface ContainerSource {
  readonly kind: 'container'
  readonly what: Said<'container'>
}

/** Variables that people make of the same facts, by their type. */
const TYPES: { readonly [type: string]: Said<'container'> } = {
  cid: 'id',
  ctv: 'version',
  ev: 'environment',
  dbg: 'debug',
}

/** What GTM knows of itself: the same on every page that a version of the container runs on. */
export const container: SourceModule<'container'> = {
  ...autoEvent('container', {
    id: 'containerId',
    version: 'containerVersion',
    environment: 'environmentName',
    debug: 'debugMode',
  }),
  always: () => true,
  fromGtm: ({ type }) => {
    const what = TYPES[type]
    return what === undefined ? undefined : { container: what }
  },
  words: ({ what }) => (what === 'debug' ? 'whether GTM is in preview' : `${what} of the container`),
  examples: [
    { source: { container: 'version' }, words: 'version of the container' },
    { source: { container: 'debug' }, words: 'whether GTM is in preview' },
  ],
}
