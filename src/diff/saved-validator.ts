/**
 * The shape of a saved change set as a function: ajv's. In the bundle, and in the tests, stands the code that ajv writes for it
 * beforehand (`scripts/validators.ts`).
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import schema from '../../schemas/change-set.schema.json' with { type: 'json' }
import { SAVED_OPTIONS } from './saved-options.ts'

export const validateSaved = new Ajv2020(SAVED_OPTIONS).compile(schema)
