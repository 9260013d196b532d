import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderPlanTypes } from '../../scripts/generate-types.ts'

test('the plan’s types are those of the schema (else: npm run generate)', async () => {
  expect(await renderPlanTypes()).toBe(readFileSync('src/plan/plan-types.ts', 'utf8'))
})

test('every field of the schema has a title and a description, for people who hover over it', () => {
  const schema = JSON.parse(readFileSync('schemas/plan.schema.json', 'utf8')) as Schema
  const bare: string[] = []
  const visit = (node: Schema, path: string): void => {
    for (const [name, field] of Object.entries(node.properties ?? {})) {
      const known = field.$ref === undefined ? field : schema.$defs?.[field.$ref.slice('#/$defs/'.length)]
      const described = [field, known].some(
        (one) => one?.title !== undefined && one.description !== undefined,
      )
      if (!described) bare.push(`${path}/${name}`)
      visit(field, `${path}/${name}`)
    }
    if (typeof node.additionalProperties === 'object') visit(node.additionalProperties, `${path}/*`)
    if (node.items !== undefined) visit(node.items, `${path}[]`)
  }
  visit(schema, '')
  for (const [name, definition] of Object.entries(schema.$defs ?? {})) visit(definition, `#${name}`)
  expect(bare).toEqual([])
})

interface Schema {
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly properties?: { readonly [name: string]: Schema }
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly $defs?: { readonly [name: string]: Schema }
}
