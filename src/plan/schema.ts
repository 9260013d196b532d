/** The language's schema, as data: what may stand at a pointer. */
import document from '../../schemas/plan.schema.json' with { type: 'json' }
import type { Pointer } from './diagnostic.ts'
import { stepsOf } from './tree.ts'

/** The keywords that the schema uses; a test fails when it uses another. */
export interface Schema {
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly properties?: { readonly [name: string]: Schema }
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly propertyNames?: Schema
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly if?: Schema
  readonly then?: Schema
  readonly not?: Schema
  readonly default?: unknown
}

export const planSchema = document as unknown as Schema
/** What the language says in several places, by name: `Goal`, `Trigger`, `Target`. */
export const definitions = document.$defs as unknown as { readonly [name: string]: Schema }

/** The definition that a `$ref` leads to; any other schema as it is. */
export function followedSchema(schema: Schema): Schema {
  const name = schema.$ref?.replace('#/$defs/', '')
  const definition = name === undefined ? undefined : definitions[name]
  return definition ?? schema
}

/** A place of the language: the field's own schema, which may be a `$ref`, and its name; an item goes by its list's. */
export interface Field {
  readonly key: string | undefined
  readonly schema: Schema
}

/** What the language says about a place; an empty schema where nothing may stand. */
export function fieldAt(pointer: Pointer): Field {
  let field: Field = { key: undefined, schema: planSchema }
  for (const step of stepsOf(pointer)) {
    const holder = followedSchema(field.schema)
    field = { key: holder.items === undefined ? step : field.key, schema: stepInto(holder, step) ?? {} }
  }
  return field
}

/** The schema of what stands at a pointer, `$ref` followed. */
export function schemaAt(pointer: Pointer): Schema {
  return followedSchema(fieldAt(pointer).schema)
}

function stepInto(schema: Schema, step: string): Schema | undefined {
  if (schema.items !== undefined) return schema.items
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, step))
    return schema.properties[step]
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
}

/** The JSON types that may stand at a pointer. */
export function typesAt(pointer: Pointer): readonly string[] {
  const { type } = schemaAt(pointer)
  return type === undefined ? [] : typeof type === 'string' ? [type] : type
}
