/**
 * Sources that a listener of GTM fills: each part of them is a built-in variable. They hold something on their own
 * events only; which those are, the triggers say (`fills`).
 */
import { builtInName } from '../facts/built-ins.ts'
import type { Text } from './gtm.ts'
import { nameIn, type HeldText } from './held-text.ts'
import type { ValueType } from './module.ts'
import type { SourceObject } from './source.ts'

/** Each part of the source and the built-in variable that holds it. */
export type Parts<W extends string> = { readonly [what in W]: string }

export interface AutoEvent<K extends string, W extends string> {
  readonly build: (said: W) => { readonly kind: K; readonly what: W }
  readonly text: (source: { readonly what: W }) => Text
  readonly fromBuiltIn: (type: string) => SourceObject | undefined
  readonly texts: (said: W, at: string) => readonly HeldText[]
  readonly subjects: {
    readonly [subject: string]: {
      readonly test: 'below a part'
      readonly source: (what: string) => { readonly kind: K; readonly what: W }
    }
  }
  readonly type: (source: { readonly what: W }) => ValueType
  readonly hasDefault: false
}

/** All of a source whose parts are built-in variables, but its words and examples. */
export function autoEvent<K extends string, W extends string>(
  kind: K,
  parts: Parts<W>,
  types: { readonly [what in W]?: ValueType } = {},
): AutoEvent<K, W> {
  const words = Object.keys(parts) as W[]
  return {
    build: (what) => ({ kind, what }),
    text: ({ what }) => ({ variable: builtInName(parts[what]) }),
    fromBuiltIn: (type) => {
      const what = words.find((word) => parts[word] === type)
      return what === undefined ? undefined : { [kind]: what }
    },
    texts: (said, at) => nameIn(said, `${at}/${kind}`),
    subjects: {
      [kind]: { test: 'below a part', source: (what: string) => ({ kind, what: what as W }) },
    },
    type: ({ what }) => types[what] ?? 'text',
    hasDefault: false,
  }
}
