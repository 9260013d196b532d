/**
 * PATCH changes what `updateMask` names and nothing else. Paths are snake_case, separated by commas, or `*` for all:
 * https://github.com/googleapis/googleapis/blob/master/google/analytics/admin/v1beta/analytics_admin.proto
 */
import type { Call } from '../call.ts'
import type { Api } from '../facts.ts'
import { isObject, type Entity } from '../shape.ts'
import { invalid } from './resources.ts'

// Optional for these (v1alpha/analytics_admin.proto): then every field that is sent counts.
const WITHOUT_MASK = new Set(['ReportingDataAnnotation', 'ReportingIdentitySettings'])

/** What the mask names; `*` is not taken apart. */
export function maskPaths(call: Call): readonly string[] {
  const mask = (call.query.get('updateMask') ?? '').trim()
  return mask === '' ? [] : mask.split(',').map((path) => path.trim())
}

export function applyMask(call: Call, schemaName: string, stored: Entity): Entity {
  const named = maskPaths(call)
  if (named.length === 0 && !WITHOUT_MASK.has(schemaName)) throw invalid('The update_mask is required.')
  const sent = writableFields(call.api, schemaName).filter(
    (field) => named[0] === '*' || call.body[field] !== undefined,
  )
  const paths = named.length === 0 || named[0] === '*' ? sent : named
  let updated = stored
  const changes = !call.store.behaviour.updatesChangeNothing
  for (const path of paths) {
    const fields = path.split('.').map(camel)
    checkPath(call, schemaName, fields, path)
    const [top = ''] = fields
    if (changes && isWritable(call.api, schemaName, top))
      updated = setPath(updated, fields, readPath(call.body, fields))
  }
  return updated
}

function writableFields(api: Api, schemaName: string): string[] {
  return [...(api.schemas.get(schemaName)?.keys() ?? [])].filter((field) =>
    isWritable(api, schemaName, field),
  )
}

const READ_ONLY = ['output_only', 'immutable', 'identifier']

function isWritable(api: Api, schemaName: string, field: string): boolean {
  const flags = api.schemas.get(schemaName)?.get(field)?.flags ?? []
  return !flags.some((flag) => READ_ONLY.includes(flag))
}

/** Whether naming an immutable field is refused is not documented: a switch. */
function checkPath(call: Call, schemaName: string, fields: readonly string[], path: string): void {
  let schema = call.api.schemas.get(schemaName)
  for (const [index, name] of fields.entries()) {
    const field = schema?.get(name)
    if (field === undefined)
      throw invalid(`The field "${path}" in update_mask is not a field of ${schemaName}.`)
    const readOnly = field.flags.some((flag) => READ_ONLY.includes(flag))
    if (index === 0 && readOnly && call.store.behaviour.immutableInUpdateMask === 'refuse') {
      throw invalid(`The field "${path}" cannot be updated.`)
    }
    schema = field.schema === undefined ? undefined : call.api.schemas.get(field.schema)
  }
}

const camel = (word: string) => word.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

function readPath(value: Entity, fields: readonly string[]): unknown {
  let current: unknown = value
  for (const field of fields) current = isObject(current) ? current[field] : undefined
  return current
}

/** A masked field that the body lacks goes back to its default, which is to be left out. */
function setPath(target: Entity, fields: readonly string[], value: unknown): Entity {
  const [first = '', ...rest] = fields
  const below = target[first]
  const next = rest.length === 0 ? value : setPath(isObject(below) ? below : {}, rest, value)
  const result: Record<string, unknown> = { ...target }
  if (next === undefined) delete result[first]
  else result[first] = next
  return result
}
