import type { Pointer } from '../plan/diagnostic.ts'

/** A text of the plan that goes to GTM as it is, perhaps a pattern or a selector. */
export interface HeldText {
  readonly at: Pointer
  readonly about?: 'key'
  readonly text: string
  readonly sort: 'literal' | 'pattern' | 'selector' | 'name' | 'code'
  /** What it is tested or used on, where that matters: `path`, `click.text`, `dataLayer`, `send`, ... */
  readonly on?: string
}

/** The one text of a source that is nothing but a name. */
export function nameIn(said: string, at: Pointer): readonly HeldText[] {
  return [{ at, text: said, sort: 'name' }]
}
