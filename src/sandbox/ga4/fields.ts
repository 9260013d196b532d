/** What rules are made of: required fields, lengths, alphabets. All wordings assumed. */
import type { Call } from '../call.ts'
import type { Entity } from '../shape.ts'
import { invalid } from './resources.ts'

export interface Rules {
  /** Checks a new resource and gives what Google adds. `name` is the name it will have. */
  readonly create?: (call: Call, path: string, body: Entity, name: string) => Entity
  /** Checks the resource as it would be after an update. */
  readonly update?: (call: Call, path: string, resource: Entity) => void
  /** Fields that Google sets anew with every update. */
  readonly touch?: boolean
  readonly remove?: (call: Call, resource: Entity) => void
  readonly defaults?: Entity
  /** The id that the client chose; the sandbox's own counter without it. */
  readonly id?: (call: Call) => string
}

export function requireField(body: Entity, field: string): string {
  const value = body[field]
  if (value === undefined || (typeof value === 'string' && value.endsWith('_UNSPECIFIED'))) {
    throw invalid(`The field "${field}" is required.`)
  }
  return String(value)
}

export function checkLength(body: Entity, field: string, max: number): void {
  const value = body[field]
  if (typeof value === 'string' && value.length > max) {
    throw invalid(`The field "${field}" must be at most ${max} characters long.`)
  }
}

export function checkPattern(body: Entity, field: string, pattern: RegExp, words: string): void {
  if (!pattern.test(String(body[field] ?? '')))
    throw invalid(`The field "${field}" must consist of ${words}.`)
}

export const EVENT_NAME = /^[a-zA-Z][a-zA-Z0-9_]*$/
export const LABEL = /^[a-zA-Z][a-zA-Z0-9_ ]*$/
