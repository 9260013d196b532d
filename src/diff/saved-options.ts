import type { Options } from 'ajv/dist/2020.js'

/** The first thing that is wrong, in ajv's own words: the file was written by a program. */
export const SAVED_OPTIONS = { allowUnionTypes: true } as const satisfies Options
