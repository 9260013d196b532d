/** Finds what an answer holds that the API's field lists do not allow: unknown fields, wrong types, unknown enum values. */
import type { Api, FieldType } from '../../src/sandbox/facts.ts'

export function misfits(api: Api, schemaName: string, value: unknown, path = ''): string[] {
  const schema = api.schemas.get(schemaName)
  if (!schema) return [`${path}: there is no schema ${schemaName}`]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is not an object`]
  return Object.entries(value).flatMap(([name, item]) => {
    const at = path === '' ? name : `${path}.${name}`
    const field = schema.get(name)
    if (!field) return [`${at} is not a field of ${schemaName}`]
    if (!field.repeated) return misfit(api, field, item, at)
    if (!Array.isArray(item)) return [`${at} is not a list`]
    // An empty list is left out.
    if (item.length === 0) return [`${at} is an empty list`]
    return item.flatMap((one, index) => misfit(api, field, one, `${at}[${index}]`))
  })
}

function misfit(api: Api, field: FieldType, value: unknown, at: string): string[] {
  switch (field.type) {
    case 'message':
      return misfits(api, field.schema ?? '', value, at)
    case 'enum':
      return field.values?.includes(String(value))
        ? []
        : [`${at} is ${JSON.stringify(value)}, none of the enum`]
    case 'string':
      return typeof value === 'string' ? [] : [`${at} is not a string`]
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at} is not a boolean`]
    case 'integer':
    case 'number':
      return typeof value === 'number' ? [] : [`${at} is not a number`]
  }
}
