/**
 * The shape of a saved change set as a function: ajv's, made when such a file is read. Written beforehand it would be 5 KB of
 * the package's megabyte, for a tenth of a second before minutes of requests.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import schema from '../../schemas/change-set.schema.json' with { type: 'json' }

/** The first thing that is wrong, in ajv's own words: the file was written by a program. */
export const validateSaved = new Ajv2020({ allowUnionTypes: true }).compile(schema)
