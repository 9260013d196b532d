/** The code that ajv writes for a schema, which stands in for the module that would compile it at every start. */
import { Ajv2020, type Options } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import type { Plugin as EsbuildPlugin } from 'esbuild'
import { planSchema, type Schema } from '../src/plan/schema.ts'
import { VALIDATOR_OPTIONS } from '../src/check/schema/validator-options.ts'

interface Validator {
  readonly file: RegExp
  /** What the module exports. */
  readonly name: string
  readonly schema: unknown
  readonly options: Options
}

const VALIDATORS: readonly Validator[] = [
  {
    file: /src[\\/]check[\\/]schema[\\/]plan-validator\.ts$/,
    name: 'validatePlan',
    schema: planSchema,
    options: VALIDATOR_OPTIONS,
  },
]

/**
 * An ES module that exports the function; it asks for ajv's two small functions through `require`. Where in the schema each
 * mistake was found nobody asks, and it is a sixth of the code.
 */
function rendered({ name, schema, options }: Validator): string {
  const ajv = new Ajv2020({ ...options, code: { source: true, esm: true } })
  ajv.addSchema(withoutWords(schema), 'schema')
  return withoutSchemas(standalone.default(ajv, { [name]: 'schema' }).replaceAll(/schemaPath:"[^"]*",/g, ''))
}

/**
 * ajv lays every definition beside its code, of which that reads a choice, a type or the names of the fields: those are
 * written out, and the rest, a quarter of the code, goes.
 */
function withoutSchemas(code: string): string {
  const schemas = new Map<string, unknown>()
  const names: string[] = []
  const rest = code.replaceAll(
    /const (schema\d+) = (\{.*?\});(?=const |function |export )/g,
    (_, schema: string, text: string) => {
      schemas.set(schema, JSON.parse(text))
      return ''
    },
  )
  const read = rest.replaceAll(
    /\b(schema\d+)((?:\.\w+|\["[^"]*"\])+)/g,
    (_, schema: string, path: string) => {
      const steps = [...path.matchAll(/\.(\w+)|\["([^"]*)"\]/g)].map(
        ([, name, quoted]) => name ?? quoted ?? '',
      )
      const value = steps.reduce<unknown>(
        (node, step) => (node as Schema)[step as keyof Schema],
        schemas.get(schema),
      )
      if (value === undefined) throw new Error(`${schema}${path} is not in the schema.`)
      if (steps.at(-1) !== 'properties') return JSON.stringify(value)
      names.push(JSON.stringify(Object.fromEntries(Object.keys(value as object).map((key) => [key, 0]))))
      return `names${names.length - 1}`
    },
  )
  return [read, ...names.map((each, index) => `const names${index} = ${each};`)].join('\n')
}

const WORDS = new Set([
  'title',
  'description',
  'markdownDescription',
  'default',
  'defaultSnippets',
  'examples',
])

/** What people read in a schema is half of it, and the bundle has it already. */
function withoutWords(node: unknown, isMap = false): Schema {
  if (Array.isArray(node)) return node.map((item) => withoutWords(item)) as Schema
  if (typeof node !== 'object' || node === null) return node as unknown as Schema
  const entries = Object.entries(node).filter(([key]) => isMap || !WORDS.has(key))
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      withoutWords(value, !isMap && (key === 'properties' || key === '$defs')),
    ]),
  )
}

export const validatorsForEsbuild: EsbuildPlugin = {
  name: 'validators',
  setup(build) {
    for (const validator of VALIDATORS)
      build.onLoad({ filter: validator.file }, ({ path }) => ({
        contents: rendered(validator),
        loader: 'js',
        resolveDir: path.replace(/[\\/][^\\/]*$/, ''),
      }))
  },
}

/** The same for vitest, or every test file would compile the schemas anew. */
export const validatorsForVite = {
  name: 'validators',
  enforce: 'pre' as const,
  load(id: string): string | undefined {
    const validator = VALIDATORS.find(({ file }) => file.test(id))
    if (validator === undefined) return undefined
    return `import { createRequire } from 'node:module';const require = createRequire(import.meta.url);${rendered(validator)}`
  },
}
