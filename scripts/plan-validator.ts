/** The code that ajv writes for schemas/plan.schema.json, which stands in for src/check/schema/plan-validator.ts. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import type { Plugin as EsbuildPlugin } from 'esbuild'
import { planSchema, type Schema } from '../src/plan/schema.ts'
import { VALIDATOR_OPTIONS } from '../src/check/schema/validator-options.ts'

const FILE = /src[\\/]check[\\/]schema[\\/]plan-validator\.ts$/

/** An ES module that exports `validatePlan`; it asks for ajv's two small functions through `require`. */
export function renderPlanValidator(): string {
  const ajv = new Ajv2020({ ...VALIDATOR_OPTIONS, code: { source: true, esm: true } })
  ajv.addSchema(withoutWords(planSchema), 'plan')
  return standalone.default(ajv, { validatePlan: 'plan' })
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

export const planValidatorForEsbuild: EsbuildPlugin = {
  name: 'plan-validator',
  setup(build) {
    build.onLoad({ filter: FILE }, ({ path }) => ({
      contents: renderPlanValidator(),
      loader: 'js',
      resolveDir: path.replace(/[\\/][^\\/]*$/, ''),
    }))
  },
}

/** The same for vitest, or every test file would compile the schema anew. */
export const planValidatorForVite = {
  name: 'plan-validator',
  enforce: 'pre' as const,
  load(id: string): string | undefined {
    if (!FILE.test(id)) return undefined
    return `import { createRequire } from 'node:module';const require = createRequire(import.meta.url);${renderPlanValidator()}`
  },
}
