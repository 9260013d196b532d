/**
 * What a plan may be at most. Plans are checked in CI on pull requests from strangers, so that what is too much is
 * refused before it costs time: a plan of 500 conversions has a third of this.
 */
export const LIMITS = {
  /** Bytes of all files of a plan together. */
  bytes: 1024 * 1024,
  /** Colons, commas, brackets and line ends of all files together: what the YAML parser's time depends on. */
  marks: 100_000,
  /** Brackets inside brackets, those in texts included. */
  brackets: 500,
  /** Values after aliases are filled in: an alias bomb is small until then. */
  values: 100_000,
  /** Maps and lists inside each other. */
  depth: 60,
  /** Characters of one text; custom JavaScript is the longest that has a place in a plan. */
  text: 10_000,
  /** The same in a file that a plan takes in: whole scripts and templates stand there. */
  takenText: 200_000,
  /** Files that extend each other. */
  files: 10,
} as const
