/** Where the fields of the language stand in a plan's document, each under its path: `micro.target`, `target.rate`. */
import { followedSchema, planSchema, type Schema } from '../plan/schema.ts'

/** Keys and indexes from the top of the document. */
export type Place = readonly (string | number)[]

export interface FieldPlace {
  readonly path: string
  readonly at: Place
  /** What it stands under, and whether it is one of a list there. */
  readonly key: string
  readonly isListed: boolean
  readonly value: unknown
  /** The only values that it may have, where there are few. */
  readonly choices: readonly unknown[]
}

/** Every field that the document has, and every thing with a name of its own (`trigger`, `source`), in its order. */
export function fieldPlaces(document: unknown): readonly FieldPlace[] {
  const found: FieldPlace[] = []
  const walk = (path: string, schema: Schema, value: unknown, at: Place, isListed: boolean): void => {
    const key = String(at.findLast((step) => typeof step === 'string') ?? '')
    const base = schema.$ref === undefined ? path : thingReferred(schema.$ref)
    // Fields of the plan that hold a thing of their name go by themselves.
    if (schema.$ref !== undefined && !hasField(planSchema, base))
      found.push({ path: base, at, key, isListed, value, choices: [] })
    const { properties, items, additionalProperties } = followedSchema(schema)
    if (Array.isArray(value)) {
      if (items !== undefined)
        for (const [index, each] of value.entries()) walk(base, items, each, [...at, index], true)
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      const field = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined
      const here = [...at, name]
      if (field !== undefined) {
        const own = base === '' ? name : `${base}.${name}`
        const choices = followedSchema(field).enum ?? []
        found.push({ path: own, at: here, key: name, isListed: false, value: inner, choices })
        walk(own, field, inner, here, false)
      } else if (typeof additionalProperties === 'object')
        walk(base, additionalProperties, inner, here, false)
    }
  }
  walk('', planSchema, document, [], false)
  return found
}

function hasField({ properties }: Schema, name: string): boolean {
  return properties !== undefined && Object.hasOwn(properties, name)
}

/** `target` for `#/$defs/Target`. */
export function thingReferred(ref: string): string {
  return thingName(ref.replace('#/$defs/', ''))
}

export function thingName(definition: string): string {
  return definition.charAt(0).toLowerCase() + definition.slice(1)
}
