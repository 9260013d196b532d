/**
 * Signs that browsers never leave as they are in an address (https://url.spec.whatwg.org/#percent-encoded-bytes): in a path, in
 * the whole of it, in its fragment.
 */
export const ENCODED = {
  path: /[^!-~]|["<>`{}]/u,
  whole: /[^!-~]|["<>]/u,
  fragment: /[^!-~]|["<>`]/u,
  /** An address may be of a kind that keeps its blanks: `tel:+49 30`. */
  any: /\P{ASCII}/u,
} as const
