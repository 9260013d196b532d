import { nameIn } from '../sources/held-text.ts'
import { quotedName } from '../sources/words.ts'
import { customEvent } from './data-layer.ts'
import type { TriggerModule } from './module.ts'

export interface ExistingTrigger {
  readonly kind: 'existing'
  /** As it is called in GTM. */
  readonly name: string
}

/** Somebody else's trigger: it fires the tag by its name, and is never read or written. */
export const existing: TriggerModule<'existing'> = {
  build: (name) => ({ kind: 'existing', name }),
  // When it fires only the container knows, so what blocks stands on every event.
  toGtm: ({ name }) => ({ ...customEvent('.*', true), existing: name }),
  fromGtm: () => undefined,
  words: ({ name }) => `GTM trigger ${name}`,
  plain: ({ name }) => `the trigger ${quotedName(name)} of the container fires`,
  texts: (said, at) => nameIn(said, `${at}/existing`),
  // What it fires on may fill any of them.
  fills: ['click', 'form', 'visibility', 'scroll', 'video', 'history', 'error'],
  examples: [
    {
      said: 'Their trigger',
      words: 'GTM trigger Their trigger',
      plain: 'the trigger “Their trigger” of the container fires',
    },
  ],
}
