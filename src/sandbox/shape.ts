/**
 * Requests are checked against the field lists of the API, and brought into the form in which Google keeps and answers
 * them: null is absent, zero values and empty lists are left out.
 *
 * Source of the rules: https://protobuf.dev/programming-guides/json/ ; that GTM follows them is shown by exports and
 * recordings (`paused` only when true, lists without entries missing).
 */
import { badRequest } from './errors.ts'
import type { Api, FieldType } from './facts.ts'

export type Entity = Readonly<Record<string, unknown>>

export interface ShapeRules {
  readonly unknownFields: 'refuse' | 'ignore'
  readonly upperSnakeEnums: boolean
}

// Protobuf's own JSON reader stops at this depth.
const MAX_DEPTH = 100

// Fields that tell zero from absent (wrapper types and `optional` in
// https://github.com/googleapis/googleapis/blob/master/google/analytics/admin/v1beta/resources.proto).
const WITH_PRESENCE = new Set(['adsPersonalizationEnabled', 'ConversionEventDefaultConversionValue.value'])

export function checkShape(api: Api, schemaName: string, value: unknown, rules: ShapeRules): Entity {
  return readMessage(api, schemaName, value, '', rules, 0)
}

function readMessage(
  api: Api,
  schemaName: string,
  value: unknown,
  path: string,
  rules: ShapeRules,
  depth: number,
): Entity {
  if (depth > MAX_DEPTH) throw badRequest('Invalid JSON payload received. Message too deep.')
  if (!isObject(value)) throw wrongValue(path, schemaName, value)
  const schema = api.schemas.get(schemaName)
  const result: Record<string, unknown> = {}
  for (const [name, raw] of Object.entries(value)) {
    const field = schema?.get(name)
    if (field === undefined) {
      if (rules.unknownFields === 'ignore') continue
      const at = path === '' ? '' : ` at '${path}'`
      throw badRequest(`Invalid JSON payload received. Unknown name "${name}"${at}: Cannot find field.`)
    }
    const read = readField(api, field, raw, path === '' ? name : `${path}.${name}`, rules, depth)
    if (!isZero(read) || WITH_PRESENCE.has(name) || WITH_PRESENCE.has(`${schemaName}.${name}`)) {
      if (read !== undefined) result[name] = read
    }
  }
  return result
}

function readField(
  api: Api,
  field: FieldType,
  value: unknown,
  path: string,
  rules: ShapeRules,
  depth: number,
): unknown {
  if (value === null || value === undefined) return undefined
  if (field.repeated) {
    if (!Array.isArray(value)) throw wrongValue(path, 'list', value)
    return value.map((item, index) => readItem(api, field, item, `${path}[${index}]`, rules, depth))
  }
  return readItem(api, field, value, path, rules, depth)
}

function readItem(
  api: Api,
  field: FieldType,
  value: unknown,
  path: string,
  rules: ShapeRules,
  depth: number,
): unknown {
  switch (field.type) {
    case 'message':
      return readMessage(api, field.schema ?? '', value, path, rules, depth + 1)
    case 'enum':
      return readEnum(field, value, path, rules)
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongValue(path, 'TYPE_BOOL', value)
      return value
    case 'integer':
    case 'number':
      return readNumber(field, value, path)
    case 'string':
      if (field.format === 'int64') return readInt64(value, path)
      if (typeof value !== 'string') throw wrongValue(path, 'TYPE_STRING', value)
      return value
  }
}

function readEnum(field: FieldType, value: unknown, path: string, rules: ShapeRules): string {
  const values = field.values ?? []
  if (typeof value === 'string') {
    if (values.includes(value)) return value
    const camel = camelCase(value)
    if (rules.upperSnakeEnums && values.includes(camel)) return camel
  }
  throw wrongValue(path, 'enum', value)
}

function readNumber(field: FieldType, value: unknown, path: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  const whole = field.type === 'integer'
  if (typeof number !== 'number' || !Number.isFinite(number) || (whole && !Number.isInteger(number))) {
    throw wrongValue(path, whole ? 'TYPE_INT32' : 'TYPE_DOUBLE', value)
  }
  return number
}

function readInt64(value: unknown, path: string): string {
  const text = typeof value === 'number' && Number.isInteger(value) ? String(value) : value
  if (typeof text !== 'string' || !/^-?\d{1,19}$/.test(text)) throw wrongValue(path, 'TYPE_INT64', value)
  return text === '0' ? '' : text
}

function isZero(value: unknown): boolean {
  return (
    value === undefined ||
    value === '' ||
    value === 0 ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  )
}

function wrongValue(path: string, type: string, value: unknown) {
  const shown = typeof value === 'object' ? 'a message or list' : JSON.stringify(value)?.slice(0, 100)
  return badRequest(`Invalid value at '${path}' (${type}), ${shown}`)
}

/** PAGE_URL → pageUrl; a word that is camelCase already stays as it is. */
export function camelCase(word: string): string {
  if (!/^[A-Z][A-Z0-9_]*$/.test(word)) return word
  return word.toLowerCase().replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An answer as the given version of the API knows it: fields that its schema lacks are left out. */
export function project(api: Api, schemaName: string, value: Entity): Entity {
  const schema = api.schemas.get(schemaName)
  const result: Record<string, unknown> = {}
  for (const [name, item] of Object.entries(value)) {
    const field = schema?.get(name)
    if (field !== undefined) result[name] = projectField(api, field, item)
  }
  return result
}

function projectField(api: Api, field: FieldType, value: unknown): unknown {
  if (field.type !== 'message') return value
  if (Array.isArray(value)) return value.map((item) => project(api, field.schema ?? '', item as Entity))
  return isObject(value) ? project(api, field.schema ?? '', value) : value
}
