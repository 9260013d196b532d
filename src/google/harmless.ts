/* eslint-disable no-control-regex -- control characters are what it is about */
/** What a server says is a stranger's text. It is shown, and must be nothing but words wherever it is shown. */

// A whole escape sequence: CSI with its parameters, a string up to its end (titles, links), or two characters.
// ECMA-48, sections 5.4 and 5.6.
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])?/g

// Control characters but the line feed, and what is invisible or turns the reading order round.
const INVISIBLE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** Nobody reads more of an error. */
const LONGEST = 2000

/**
 * The text without escape sequences, control characters and direction marks, and without what a CI runner takes for a
 * command (`::error::`, `##[error]`); line feeds stay.
 */
export function harmless(text: string): string {
  const plain = text
    .replaceAll(ESCAPES, '')
    .replaceAll(INVISIBLE, '')
    .replaceAll(/:(?=:)/g, ': ')
    .replaceAll('##[', '# #[')
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST)} …`
}
