/** The language's schema, as data: what may stand at a pointer. */
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' }
import type { Pointer } from './diagnostic.ts'
import { stepsOf } from './tree.ts'

/** The keywords that the schema uses. */
export interface Schema {
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly properties?: { readonly [name: string]: Schema }
  readonly additionalProperties?: boolean | Schema
  readonly propertyNames?: Schema
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly default?: unknown
}

const root = planSchema as unknown as Schema
const definitions = planSchema.$defs as unknown as { readonly [name: string]: Schema }

function followed(schema: Schema): Schema {
  const name = schema.$ref?.replace('#/$defs/', '')
  const definition = name === undefined ? undefined : definitions[name]
  return definition ?? schema
}

/** The schema of what stands at a pointer; undefined where nothing may stand. */
export function schemaAt(pointer: Pointer): Schema | undefined {
  let schema: Schema | undefined = root
  for (const step of stepsOf(pointer)) {
    if (schema === undefined) return undefined
    schema = stepInto(followed(schema), step)
  }
  return schema === undefined ? undefined : followed(schema)
}

function stepInto(schema: Schema, step: string): Schema | undefined {
  if (schema.items !== undefined) return schema.items
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, step)) return schema.properties[step]
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
}

/** The JSON types that may stand at a pointer. */
export function typesAt(pointer: Pointer): readonly string[] {
  const type = schemaAt(pointer)?.type
  return type === undefined ? [] : typeof type === 'string' ? [type] : type
}
