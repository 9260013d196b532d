/** Writes the types of the plan and of the scorecard from their schemas. */
import { readFile, writeFile } from 'node:fs/promises'
import { compile, type JSONSchema } from 'json-schema-to-typescript'

const schemaFile = new URL('../schemas/plan.schema.json', import.meta.url)
const typesFile = new URL('../src/plan/plan-types.ts', import.meta.url)
const scorecardSchemaFile = new URL('../schemas/scorecard.schema.json', import.meta.url)
const scorecardTypesFile = new URL('../src/analytics/scorecard-types.ts', import.meta.url)

/** Titles are for editors; as type names only those of definitions are wanted, and one per definition. */
function withoutTitles(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutTitles)
  if (typeof node !== 'object' || node === null) return node
  const { $ref, ...rest } = node as Record<string, unknown>
  if (typeof $ref === 'string') return { $ref }
  const entries = Object.entries(rest)
    .filter(
      ([key, value]) => !(key === 'title' && typeof value === 'string') && !['if', 'then'].includes(key),
    )
    .map(([key, value]) => [key, withoutTitles(value)] as const)
  return Object.fromEntries(entries)
}

export async function renderPlanTypes(): Promise<string> {
  const schema = withoutTitles(JSON.parse(await readFile(schemaFile, 'utf8'))) as JSONSchema
  for (const [name, definition] of Object.entries(schema.$defs as Record<string, JSONSchema>)) {
    definition.title = name
  }
  return compile(
    {
      ...schema,
      required: ['version', 'plan', 'title', 'environments', 'goals', 'stages'],
      title: 'PlanDocument',
    },
    'PlanDocument',
    {
      ignoreMinAndMaxItems: true,
      additionalProperties: false,
      bannerComment: '// Generated from schemas/plan.schema.json by `npm run generate`. Do not edit.',
      style: { semi: false, singleQuote: true, printWidth: 110 },
    },
  )
}

export async function renderScorecardTypes(): Promise<string> {
  const schema = JSON.parse(await readFile(scorecardSchemaFile, 'utf8')) as JSONSchema
  return compile(schema, 'Scorecard', {
    additionalProperties: false,
    bannerComment: '// Generated from schemas/scorecard.schema.json by `npm run generate`. Do not edit.',
    style: { semi: false, singleQuote: true, printWidth: 110 },
  })
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await writeFile(typesFile, await renderPlanTypes())
  await writeFile(scorecardTypesFile, await renderScorecardTypes())
}
