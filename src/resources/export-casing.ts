/**
 * Files of GTM's Export and Import write enumerations as `UPPER_SNAKE`, the API as `camelCase`: insert `_` before
 * each capital. True for every value in 78 real exports. It applies to types of parameters, triggers, conditions
 * and built-in variables and to a few settings; never to types of tags and variables, nor to values of parameters.
 */
import { isRecord } from './is-record.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

type Fields = { readonly [name: string]: unknown }
type Recase = (word: string) => string

const toUpper: Recase = (word) => word.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
const toCamel: Recase = (word) =>
  word.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Fields whose value is an enumeration, wherever they stand. */
const ENUM_FIELDS = new Set(['tagFiringOption', 'consentStatus', 'caseConversionType', 'convertToNumber'])

/** Kinds of entities whose own `type` is not an enumeration but a code such as `gaawe`. */
const CODED_KINDS = new Set(['tag', 'variable', 'client', 'transformation'])

/** A container version in the API's casing becomes one in the casing of export files. */
export function toExportCasing(version: unknown): unknown {
  return recaseVersion(version, toUpper)
}

/** A container version in the casing of export files becomes one in the API's casing. */
export function fromExportCasing(version: unknown): unknown {
  return recaseVersion(version, toCamel)
}

function recaseVersion(version: unknown, recase: Recase): unknown {
  if (!isRecord(version)) return version
  return mapFields(version, (name, value) => {
    if (!isList(value)) return name === 'container' ? recaseContainer(value, recase) : value
    return value.map((entity) => {
      if (!isRecord(entity)) return entity
      const { type, ...rest } = entity
      const recased = recaseFields(rest, recase)
      if (type === undefined) return recased
      const kept = CODED_KINDS.has(name) || typeof type !== 'string' ? type : recase(type)
      // The order of fields is part of what an export looks like.
      return mapFields(entity, (field) => (field === 'type' ? kept : (recased[field] ?? null)))
    })
  })
}

function recaseContainer(container: unknown, recase: Recase): unknown {
  if (!isRecord(container)) return container
  return mapFields(container, (name, value) =>
    name === 'usageContext' && isList(value)
      ? value.map((context) => (typeof context === 'string' ? recase(context) : context))
      : value,
  )
}

function recaseFields(fields: Fields, recase: Recase): Fields {
  return mapFields(fields, (name, value) => {
    if (typeof value === 'string' && (name === 'type' || ENUM_FIELDS.has(name))) return recase(value)
    return recaseDeep(value, recase)
  })
}

function recaseDeep(value: unknown, recase: Recase): unknown {
  if (isList(value)) return value.map((item) => recaseDeep(item, recase))
  return isRecord(value) ? recaseFields(value, recase) : value
}

function mapFields(fields: Fields, change: (name: string, value: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(name, value)]))
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}
