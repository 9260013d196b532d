/**
 * `?fields=` asks for a part of the answer: names separated by commas, `a/b` for a field of a field, `a(b,c)` for several,
 * `*` for all. Source: https://developers.google.com/workspace/drive/api/guides/fields-parameter (the same for all of Google)
 */
import { badRequest } from './errors.ts'
import type { Api, MethodFacts } from './facts.ts'
import { isObject } from './shape.ts'

/** What is wanted below a name; an empty one means everything. */
export type Selection = Map<string, Selection>

/** What `fields` asks of the method's answer; refused where it is no mask or names what the answer does not have. */
export function readSelection(api: Api, method: MethodFacts, fields: string | null): Selection {
  if (fields === null || fields.trim() === '') return new Map()
  const selection = parseSelection(fields)
  const unknown = method.response === undefined ? undefined : unknownName(api, method.response, selection)
  if (unknown !== undefined) throw invalidMask(unknown)
  return selection
}

function unknownName(api: Api, schemaName: string, selection: Selection): string | undefined {
  const schema = api.schemas.get(schemaName)
  for (const [name, below] of selection) {
    if (name === '*') continue
    const field = schema?.get(name)
    if (field === undefined) return name
    if (below.size === 0) continue
    if (field.type !== 'message') return [...below.keys()][0]
    const deeper = unknownName(api, field.schema ?? '', below)
    if (deeper !== undefined) return deeper
  }
  return undefined
}

export function select(value: unknown, selection: Selection): unknown {
  if (selection.size === 0) return value
  if (Array.isArray(value)) return value.map((item) => select(item, selection))
  if (!isObject(value)) return value
  const chosen = Object.entries(value).flatMap(([name, item]) => {
    const below = selection.get(name) ?? selection.get('*')
    return below ? [[name, select(item, below)] as const] : []
  })
  return Object.fromEntries(chosen)
}

function parseSelection(text: string): Selection {
  const tokens = text.match(/[\w*]+|[(),/]/g) ?? []
  if (tokens.join('') !== text.replaceAll(/\s/g, '')) throw invalidMask(text)
  const rest = [...tokens]
  const selection = parseList(rest, text, 0)
  if (rest.length > 0) throw invalidMask(text)
  return selection
}

function parseList(tokens: string[], text: string, depth: number): Selection {
  // Nobody nests deeper; a mask that does is meant to break the reader.
  if (depth > 20) throw invalidMask(text)
  const selection: Selection = new Map()
  do {
    const name = tokens.shift()
    if (name === undefined || !/^[\w*]+$/.test(name)) throw invalidMask(text)
    selection.set(name, new Map([...(selection.get(name) ?? []), ...parseBelow(tokens, text, depth)]))
  } while (tokens[0] === ',' && tokens.shift())
  return selection
}

function parseBelow(tokens: string[], text: string, depth: number): Selection {
  if (tokens[0] === '/') {
    tokens.shift()
    const name = tokens.shift()
    if (name === undefined || !/^[\w*]+$/.test(name) || depth > 20) throw invalidMask(text)
    return new Map([[name, parseBelow(tokens, text, depth + 1)]])
  }
  if (tokens[0] !== '(') return new Map()
  tokens.shift()
  const below = parseList(tokens, text, depth + 1)
  if (tokens.shift() !== ')') throw invalidMask(text)
  return below
}

const invalidMask = (text: string) => badRequest(`Invalid field selection ${text.slice(0, 100)}`)
