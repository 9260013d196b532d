/**
 * The reference of the language, out of its schema: what `plan explain micro.target` prints and docs/reference.md holds.
 * A field goes by the thing that it stands in: `micro.target`, `target.rate`, `site.hosts`.
 */
import { Document, visit } from 'yaml'
import { definitions, followedSchema, planSchema, type Schema } from '../plan/schema.ts'
import { wrapped } from '../words/width.ts'
import { fieldPlaces, thingName, thingReferred } from './field-places.ts'

export interface FieldText {
  readonly path: string
  readonly title: string
  readonly description: string
  readonly type: string
  readonly isRequired: boolean
  readonly default?: string
  /** YAML out of the example plans, which the tests compile. */
  readonly example?: string
  /** What the field makes at Google, in a line. */
  readonly becomes: string
  /** What may stand below it. */
  readonly below: readonly {
    readonly path: string
    readonly description: string
    readonly isRequired: boolean
  }[]
}

/** The shortest value that an example plan has for each field, by its path, and the key that it stands under. */
export type Examples = ReadonlyMap<string, { readonly key: string; readonly value: unknown }>

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

/** A schema and the path that its fields go by. */
interface Named {
  readonly schema: Schema
  readonly path: string
}

/** What has fields: of a list what stands in it, of a map of names what each of them holds; a thing goes by its own name. */
function held({ schema, path }: Named): Named {
  const named = schema.$ref === undefined ? path : thingReferred(schema.$ref)
  const followed = followedSchema(schema)
  const { items, additionalProperties, properties } = followed
  const next = items ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
  return properties !== undefined || next === undefined
    ? { schema: followed, path: named }
    : held({ schema: next, path: named })
}

/** A field of the language, and the thing in which it stands. */
interface Found extends Named {
  /** The field's own path, however it was asked for: `trigger.form` for `micro.trigger.form`. */
  readonly name: string
  readonly parent?: Schema
}

function fieldAt(path: string): Found | undefined {
  const [first = '', ...rest] = path.split('.')
  const thing = Object.entries(definitions).find(([name]) => thingName(name) === first)?.[1]
  const top = own(planSchema.properties, first)
  const start = top ?? thing
  if (start === undefined) return undefined
  let found: Found = {
    schema: start,
    path: first,
    name: first,
    ...(top === undefined ? {} : { parent: planSchema }),
  }
  for (const name of rest) {
    const parent = held(found)
    const schema = own(parent.schema.properties, name)
    if (schema === undefined) return undefined
    found = { schema, path: `${parent.path}.${name}`, name, parent: parent.schema }
  }
  return found
}

/** The path that a field stands under in the reference; undefined when the language has no such field. */
export function fieldPath(path: string): string | undefined {
  return fieldAt(path)?.path
}

/**
 * The fields that are meant by what is no path of one: a place in a plan (`goals.purchase.trigger`), or a name alone, which
 * may stand in several things.
 */
export function fieldsMeant(written: string): readonly string[] {
  const steps = written.split('.')
  const placed = pathOfPlace(steps)
  if (placed !== undefined) return [placed]
  const name = steps.at(-1) ?? ''
  return fieldPaths().filter((path) => path.endsWith(`.${name}`))
}

function pathOfPlace(steps: readonly string[]): string | undefined {
  let path = ''
  let schema: Schema = planSchema
  for (const step of steps) {
    const base: string = schema.$ref === undefined ? path : thingReferred(schema.$ref)
    const followed = followedSchema(schema)
    const { properties, additionalProperties } =
      followed.items === undefined ? followed : followedSchema(followed.items)
    const field = own(properties, step)
    if (field === undefined && typeof additionalProperties !== 'object') return undefined
    path = field === undefined ? base : base === '' ? step : `${base}.${step}`
    schema = field ?? (additionalProperties as Schema)
  }
  return fieldPath(path)
}

/** Undefined when the language has no such field. */
export function fieldText(
  path: string,
  examples: Examples,
  becomes: (path: string) => string,
): FieldText | undefined {
  const field = fieldAt(path)
  if (field === undefined) return undefined
  const { schema, parent, name } = field
  const followed = followedSchema(schema)
  const said = holder(followed)
  const example = examples.get(field.path)
  const base = schema.$ref === undefined ? field.path : thingReferred(schema.$ref)
  return {
    path,
    title: schema.title ?? followed.title ?? name,
    description: schema.description ?? followed.description ?? '',
    type: typeWords(schema),
    isRequired: parent?.required?.includes(name) ?? false,
    ...(followed.default === undefined ? {} : { default: JSON.stringify(followed.default) }),
    ...(example === undefined ? {} : { example: exampleText(example, schema) }),
    becomes: becomes(field.path),
    below: Object.entries(said.properties ?? {}).map(([key, inner]) => ({
      path: `${base}.${key}`,
      description: inner.description ?? followedSchema(inner).description ?? '',
      isRequired: said.required?.includes(key) ?? false,
    })),
  }
}

/** More lines would hide what they are to show. */
const LONG = 12
/** What fits on a line of a terminal, with what stands before it, is one line. */
const LINE = 66

function exampleText(
  { key, value }: { readonly key: string; readonly value: unknown },
  schema: Schema,
): string {
  const whole = asYaml(key, value)
  return whole.split('\n').length <= LONG ? whole : asYaml(key, shortest(value, schema))
}

function asYaml(key: string, value: unknown): string {
  const document = new Document({ [key]: value })
  visit(document, {
    Collection: (_, node) => {
      if (node !== document.contents && JSON.stringify(node).length <= LINE) node.flow = true
    },
  })
  return document.toString({ lineWidth: 100, flowCollectionPadding: true }).trimEnd()
}

/** Of each map of names the shortest that it holds: one stage with one micro conversion shows what stages are. */
function shortest(value: unknown, schema: Schema): unknown {
  const { items, properties, additionalProperties } = followedSchema(schema)
  if (Array.isArray(value))
    return items === undefined ? value : value.map((each: unknown) => shortest(each, items))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  if (properties !== undefined)
    return Object.fromEntries(
      entries.map(([name, each]) => {
        const inner = own(properties, name)
        return [name, inner === undefined ? (each as unknown) : shortest(each, inner)]
      }),
    )
  if (typeof additionalProperties !== 'object') return value
  const small = entries.map(([name, each]): [string, unknown] => [name, shortest(each, additionalProperties)])
  const lengthOf = ([, each]: [string, unknown]): number => JSON.stringify(each).length
  const best = Math.min(...small.map(lengthOf))
  return Object.fromEntries(small.filter((each) => lengthOf(each) === best).slice(0, 1))
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

/** What example plans say, field by field; of several values the best to show. */
export function examplesIn(documents: readonly unknown[]): Examples {
  const found = new Map<string, { readonly key: string; readonly value: unknown }>()
  for (const { path, key, value: one, isListed } of documents.flatMap(fieldPlaces)) {
    const value = isListed ? [one] : one
    const before = found.get(path)
    if (before === undefined || isBetter(value, before.value)) found.set(path, { key, value })
  }
  return found
}

/** What says something goes before what is empty, what shows its parts before one word, then the shorter one. */
function isBetter(value: unknown, than: unknown): boolean {
  const rank = (one: unknown): readonly [number, number, number] => {
    const text = JSON.stringify(one) ?? ''
    return [text.length > 2 ? 0 : 1, text.includes('{') ? 0 : 1, text.length]
  }
  const [a, b] = [rank(value), rank(than)]
  const index = a.findIndex((each, at) => each !== b[at])
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0)
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
    ...wrapped(field.becomes, 80, 'becomes:  ', '          '),
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
export function renderReference(examples: Examples, becomes: (path: string) => string): string {
  const fields = fieldPaths().map((path) => fieldText(path, examples, becomes))
  return [
    '# Reference of the language',
    '',
    'Every field of a plan, out of its schema (schemas/plan.schema.json); `plan explain micro.target` prints one at a terminal.',
    'The examples stand in the example plans, which the tests compile; what a field becomes in Tag Manager and GA4 is found out by',
    'compiling them with the field and without it. Generated by `npm run generate`; do not edit.',
    '',
    ...fields.flatMap((field) => (field === undefined ? [] : section(field))),
  ].join('\n')
}

function section({
  path,
  description,
  type,
  isRequired,
  example,
  becomes,
  ...rest
}: FieldText): readonly string[] {
  return [
    `${path.includes('.') ? '###' : '##'} \`${path}\``,
    '',
    ...(description === '' ? [] : [escaped(description), '']),
    `Type: ${escaped(type)}.${isRequired ? ' Required.' : ''}${rest.default === undefined ? '' : ` Default: \`${rest.default}\`.`}`,
    '',
    `Becomes: ${escaped(becomes)}.`,
    '',
    ...(example === undefined ? [] : ['```yaml', example, '```', '']),
  ]
}

/** What Markdown would take for markup; what stands between two backticks is code in both, and stays. */
function escaped(text: string): string {
  return text.replaceAll(/`[^`]+`|[\\`*_<>[\]|]/g, (found) => (found.length > 1 ? found : `\\${found}`))
}
