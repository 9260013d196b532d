import type { Options } from 'ajv/dist/2020.js'

/** All mistakes of one run. The words are ours, so ajv needs none; and each definition is one function, not a copy a use. */
export const VALIDATOR_OPTIONS = {
  allErrors: true,
  messages: false,
  inlineRefs: false,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
} as const satisfies Options
