/**
 * What the runtime reads of the page it runs in. `page/` answers from the DOM, `node/` from declared facts; the core knows
 * neither. Elements are opaque: only the page that made them can read them. Any answer may be Unknown.
 */
import type { Unknown } from './value.ts'

export interface Page {
  readonly url: () => string
  readonly referrer: () => string
  readonly title: () => string
  /** The cookie as it stands, not decoded; undefined when there is none. */
  readonly cookie: (name: string) => string | undefined | Unknown
  /** `window.a.b.c`; undefined where the path ends early. */
  readonly global: (path: string) => unknown
  /** False for what is no element and for a selector that does not parse (GTM-RUNTIME 5.2). */
  readonly matches: (element: unknown, selector: string) => boolean | Unknown
  /** The visible text, blanks collapsed; undefined for what is no element. */
  readonly text: (element: unknown) => string | undefined | Unknown
  readonly attribute: (element: unknown, name: string) => string | null | Unknown
  /** The first element of a selector or id; null when there is none. */
  readonly find: (by: { readonly selector: string } | { readonly id: string }) => unknown
  /** What a Custom JavaScript variable returns. `read` gives the value of another variable by its name. */
  readonly script: (code: string, read: (variable: string) => unknown) => unknown
  readonly random: () => number
}
