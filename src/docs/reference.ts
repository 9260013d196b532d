/**
 * The reference of the language, out of its schema: what `plan explain micro.target` prints and docs/reference.md holds.
 * A field goes by the thing that it stands in: `micro.target`, `target.rate`, `site.hosts`.
 */
import { stringify } from 'yaml'
import { definitions, followedSchema, planSchema, type Schema } from '../plan/schema.ts'
import { wrapped } from '../words/width.ts'

export interface FieldText {
  readonly path: string
  readonly title: string
  readonly description: string
  readonly type: string
  readonly isRequired: boolean
  readonly default?: string
  /** YAML out of the example plans, which the tests compile. */
  readonly example?: string
  /** What may stand below it. */
  readonly below: readonly {
    readonly path: string
    readonly description: string
    readonly isRequired: boolean
  }[]
}

/** The shortest value that an example plan has for each field, by its path. */
export type Examples = ReadonlyMap<string, unknown>

/** Every field that has a meaning of its own: the plan's, then those of each thing in it. */
export function fieldPaths(): readonly string[] {
  const top = Object.entries(planSchema.properties ?? {})
  const things = Object.entries(definitions)
  // A field and the thing in it may share a name: ignore, consent.
  return [
    ...new Set([
      ...top.flatMap(([name, schema]) => [name, ...inside(name, schema)]),
      ...things.flatMap(([name, schema]) => [thingName(name), ...inside(thingName(name), schema)]),
    ]),
  ]
}

/** Fields in a field, down to where a thing with a name of its own begins. */
function inside(path: string, schema: Schema): readonly string[] {
  return Object.entries(holder(schema).properties ?? {}).flatMap(([name, inner]) => [
    `${path}.${name}`,
    ...(inner.$ref === undefined ? inside(`${path}.${name}`, inner) : []),
  ])
}

/** Of a list what stands in it, of a map of names what each of them holds; a thing that is referred to stays out. */
function holder(schema: Schema): Schema {
  const next =
    schema.items ??
    (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined)
  return next === undefined || schema.properties !== undefined || next.$ref !== undefined
    ? schema
    : holder(next)
}

/** The same, a thing that is referred to with it. */
function innermost(schema: Schema): Schema {
  const followed = followedSchema(schema)
  const next = holder(followed)
  const inner =
    next.items ?? (typeof next.additionalProperties === 'object' ? next.additionalProperties : undefined)
  return next.properties === undefined && inner !== undefined ? innermost(inner) : next
}

/** Undefined when the language has no such field. */
export function fieldText(path: string, examples: Examples): FieldText | undefined {
  const [first = '', ...rest] = path.split('.')
  const thing = Object.entries(definitions).find(([name]) => thingName(name) === first)?.[1]
  let parent: Schema | undefined
  let schema = own(planSchema.properties, first) ?? thing
  let name = first
  for (const step of rest) {
    parent = schema === undefined ? undefined : innermost(schema)
    schema = own(parent?.properties, step)
    name = step
  }
  if (schema === undefined) return undefined
  const followed = followedSchema(schema)
  const said = holder(followed)
  const example = examples.get(path)
  const base = schema.$ref === undefined ? path : thingReferred(schema.$ref)
  const isRequired = (parent ?? (thing === undefined ? planSchema : {})).required?.includes(name) ?? false
  return {
    path,
    title: schema.title ?? followed.title ?? name,
    description: schema.description ?? followed.description ?? '',
    type: typeWords(schema),
    isRequired,
    ...(followed.default === undefined ? {} : { default: JSON.stringify(followed.default) }),
    ...(example === undefined
      ? {}
      : { example: stringify({ [name]: example }, { lineWidth: 100 }).trimEnd() }),
    below: Object.entries(said.properties ?? {}).map(([key, inner]) => ({
      path: `${base}.${key}`,
      description: inner.description ?? followedSchema(inner).description ?? '',
      isRequired: said.required?.includes(key) ?? false,
    })),
  }
}

function own(properties: Schema['properties'], name: string): Schema | undefined {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined
}

function typeWords(schema: Schema): string {
  if (schema.$ref !== undefined) return thingReferred(schema.$ref)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return `one of ${schema.enum.map(String).join(', ')}`
  if (schema.items !== undefined) return `list of ${typeWords(schema.items)}`
  if (typeof schema.additionalProperties === 'object')
    return `map of ${typeWords(schema.additionalProperties)} by name`
  const { type = 'any' } = schema
  const words = typeof type === 'string' ? type : type.join(' or ')
  const { minimum, maximum } = schema
  if (minimum !== undefined && maximum !== undefined) return `${words}, ${minimum} to ${maximum}`
  return words === 'object' ? 'map' : words
}

/** `target` for `#/$defs/Target`. */
function thingReferred(ref: string): string {
  return thingName(ref.replace('#/$defs/', ''))
}

function thingName(definition: string): string {
  return definition.charAt(0).toLowerCase() + definition.slice(1)
}

/** What example plans say, field by field; of several values the shortest. */
export function examplesIn(documents: readonly unknown[]): Examples {
  const found = new Map<string, unknown>()
  const take = (path: string, value: unknown): void => {
    const size = (one: unknown): number => JSON.stringify(one)?.length ?? 0
    const isEmpty = size(value) <= 2
    if (!isEmpty && (!found.has(path) || size(value) < size(found.get(path)))) found.set(path, value)
  }
  const walk = (path: string, schema: Schema, value: unknown): void => {
    const base = schema.$ref === undefined ? path : thingReferred(schema.$ref)
    const { properties, items, additionalProperties } = followedSchema(schema)
    if (Array.isArray(value)) {
      if (items !== undefined) for (const each of value as readonly unknown[]) walk(base, items, each)
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      const field = own(properties, key)
      if (field !== undefined) {
        const at = base === '' ? key : `${base}.${key}`
        take(at, inner)
        walk(at, field, inner)
      } else if (typeof additionalProperties === 'object') walk(base, additionalProperties, inner)
    }
  }
  for (const document of documents) walk('', planSchema, document)
  return found
}

/** For a terminal, in 80 columns. */
export function renderField(field: FieldText): string {
  const { path, title, description, type, isRequired, example, below } = field
  return [
    `${path} (${title})`,
    '',
    ...wrapped(description, 80),
    '',
    ...wrapped(type, 80, 'type:     ', '          '),
    ...(field.default === undefined ? [] : [`default:  ${field.default}`]),
    ...(isRequired ? ['required: yes'] : []),
    ...(example === undefined ? [] : ['example:', ...example.split('\n').map((line) => `  ${line}`)]),
    ...(below.length === 0
      ? []
      : [
          '',
          'below it:',
          ...below.flatMap((one) =>
            wrapped(
              `${one.path}${one.isRequired ? ' (required)' : ''}: ${one.description}`,
              80,
              '  ',
              '      ',
            ),
          ),
        ]),
    '',
  ].join('\n')
}

/** docs/reference.md. */
export function renderReference(examples: Examples): string {
  const fields = fieldPaths().map((path) => fieldText(path, examples))
  return [
    '# Reference of the language',
    '',
    'Every field of a plan, out of its schema (schemas/plan.schema.json); `plan explain micro.target` prints one at a terminal.',
    'The examples stand in the example plans, which the tests compile. Generated by `npm run generate`; do not edit.',
    '',
    ...fields.flatMap((field) => (field === undefined ? [] : section(field))),
  ].join('\n')
}

function section({ path, description, type, isRequired, example, ...rest }: FieldText): readonly string[] {
  return [
    `${path.includes('.') ? '###' : '##'} \`${path}\``,
    '',
    ...(description === '' ? [] : [escaped(description), '']),
    `Type: ${escaped(type)}.${isRequired ? ' Required.' : ''}${rest.default === undefined ? '' : ` Default: \`${rest.default}\`.`}`,
    '',
    ...(example === undefined || example.split('\n').length > 12 ? [] : ['```yaml', example, '```', '']),
  ]
}

/** What Markdown would take for markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]|]/g, '\\$&')
}
