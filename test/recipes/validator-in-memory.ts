/**
 * What `src/check/schema/plan-validator.ts` is where nothing is written beforehand: ajv on the schema as it stands in
 * memory, at the first call, so that a recipe's piece of the schema is in it.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { VALIDATOR_OPTIONS } from '../../src/check/schema/validator-options.ts'
import { planSchema } from '../../src/plan/schema.ts'

let compiled: ValidateFunction | undefined

export const validatePlan = Object.assign(
  (document: unknown): boolean => {
    compiled ??= new Ajv2020(VALIDATOR_OPTIONS).compile(planSchema)
    const valid = compiled(document)
    validatePlan.errors = compiled.errors
    return valid
  },
  { errors: null as ValidateFunction['errors'] },
)
