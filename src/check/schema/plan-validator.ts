/**
 * The language's schema as a function: ajv's. In the bundle, and in the tests, stands the code that ajv writes for it
 * beforehand (`scripts/validators.ts`), so that nothing is compiled at start-up and ajv itself is not loaded.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { planSchema } from '../../plan/schema.ts'
import { VALIDATOR_OPTIONS } from './validator-options.ts'

export const validatePlan = new Ajv2020(VALIDATOR_OPTIONS).compile(planSchema)
