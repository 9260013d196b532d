import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkPlan } from '../../src/check/check.ts'
import { checkSchema } from '../../src/check/schema/check-schema.ts'
import { BAD_PLANS, readBadPlan } from './read-bad-plan.ts'
import { PATTERN_WORDS } from '../../src/check/schema/words.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlan, readPlanWith } from '../../src/plan/read.ts'
import { stringify } from 'yaml'

/** Editors validate with the schema, `plan validate` with code made from it beforehand: both must agree on what is a plan. */
const schema = JSON.parse(readFileSync('schemas/plan.schema.json', 'utf8')) as Record<string, unknown>
const ajvAccepts = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(schema)

function isAccepted(document: unknown): boolean {
  // ajv looks at own and inherited properties alike; plain JSON has only own ones.
  return checkSchema(JSON.parse(JSON.stringify(document)) as unknown).diagnostics.length === 0
}

const goodPlans = readdirSync('plans')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => `plans/${name}`)

async function documentOf(name: string): Promise<unknown> {
  const { document } = parsePlan(await (name.endsWith('.yaml') ? readPlan(name) : readBadPlan(name)))
  return document === undefined ? undefined : (JSON.parse(JSON.stringify(document)) as unknown)
}

test.each([...BAD_PLANS, ...goodPlans])('the schema and the code made from it agree on %s', async (file) => {
  const document = await documentOf(file)
  if (document !== undefined) expect(isAccepted(document)).toBe(ajvAccepts(document))
})

test.each(goodPlans)('%s keeps to the schema', async (file) => {
  expect(isAccepted(await documentOf(file))).toBe(true)
})

/** Changes one place of a document: removes it, or puts something else there. */
function mutated(document: unknown, path: readonly number[], value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(document)) as unknown
  let node = copy
  for (const [depth, step] of path.entries()) {
    if (typeof node !== 'object' || node === null) return copy
    const keys = Object.keys(node)
    if (keys.length === 0) return copy
    const key = keys[step % keys.length] ?? ''
    const holder = node as Record<string, unknown>
    const isLast = depth === path.length - 1 || typeof holder[key] !== 'object' || holder[key] === null
    if (isLast) {
      if (value === undefined && !Array.isArray(holder)) Reflect.deleteProperty(holder, key)
      else if (value === 'rename' && !Array.isArray(holder)) {
        holder[`${key}x`] = holder[key]
        Reflect.deleteProperty(holder, key)
      } else holder[key] = value ?? null
      return copy
    }
    node = holder[key]
  }
  return copy
}

const anyValue = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    true,
    false,
    0,
    1,
    -1,
    3.5,
    1e9,
    '',
    'x',
    'rename',
    'purchase',
    '8%',
    [],
    {},
    ['purchase'],
    [1],
  ),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }),
)
const anyPath = fc.array(fc.nat(40), { minLength: 1, maxLength: 9 })

test('the schema and the code made from it agree on plans with something changed in them', async () => {
  const documents = await Promise.all(goodPlans.map(documentOf))
  fc.assert(
    fc.property(
      fc.nat(documents.length - 1),
      fc.array(fc.tuple(anyPath, anyValue), { minLength: 1, maxLength: 3 }),
      (index, changes) => {
        const changed = changes.reduce(
          (one: unknown, [path, value]) => mutated(one, path, value),
          documents[index],
        )
        expect(isAccepted(changed)).toBe(ajvAccepts(changed))
      },
    ),
    { numRuns: 400 },
  )
})

test('whatever is changed in a plan, checking says so and does not fail', async () => {
  const documents = await Promise.all(goodPlans.map(documentOf))
  await fc.assert(
    fc.asyncProperty(
      fc.nat(documents.length - 1),
      fc.array(fc.tuple(anyPath, anyValue), { minLength: 1, maxLength: 4 }),
      async (index, changes) => {
        const changed = changes.reduce(
          (one: unknown, [path, value]) => mutated(one, path, value),
          documents[index],
        )
        const parsed = parsePlan(
          await readPlanWith('plan.yaml', () => Promise.resolve({ text: stringify(changed) })),
        )
        const { ok, diagnostics } = checkPlan(parsed, { today: '2026-11-22', profile: 'strict' })
        expect(ok).toBe(!diagnostics.some(({ severity }) => severity === 'error'))
        for (const one of diagnostics) {
          const place = one.location ?? parsed.locate(one.at ?? '', one.about)
          expect(place?.line, one.code).toBeGreaterThan(0)
        }
      },
    ),
    { numRuns: 200 },
  )
})

const SUPPORTED = new Set(
  '$schema $id $ref $defs title description type const enum pattern minLength maxLength minimum maximum items minItems maxItems uniqueItems properties required additionalProperties propertyNames minProperties maxProperties if then not default markdownDescription defaultSnippets examples'.split(
    ' ',
  ),
)

function keywordsOf(node: unknown, isMap = false): string[] {
  if (Array.isArray(node)) return node.flatMap((item) => keywordsOf(item))
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => {
    const inside =
      key === 'defaultSnippets' || key === 'examples' || key === 'default'
        ? []
        : keywordsOf(value, !isMap && (key === 'properties' || key === '$defs'))
    return isMap ? inside : [key, ...inside]
  })
}

test('the schema uses only keywords that there are words for', () => {
  expect([...new Set(keywordsOf(schema))].filter((keyword) => !SUPPORTED.has(keyword))).toEqual([])
})

test('every pattern of the schema is explained in words', () => {
  const patterns = [...JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(
    (match) => JSON.parse(match[1] ?? '""') as string,
  )
  expect(patterns.length).toBeGreaterThan(10)
  expect([...new Set(patterns)].filter((pattern) => PATTERN_WORDS[pattern] === undefined)).toEqual([])
})

test('every field of the language has a title and a description', () => {
  const missing: string[] = []
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return
    const { properties, $defs, items, additionalProperties } = node as Record<string, unknown>
    for (const [name, field] of Object.entries({ ...(properties as object), ...($defs as object) }) as [
      string,
      Record<string, unknown>,
    ][]) {
      if (typeof field.title !== 'string' || typeof field.description !== 'string')
        missing.push(`${path}/${name}`)
      visit(field, `${path}/${name}`)
    }
    visit(items, `${path}/items`)
    visit(additionalProperties, `${path}/*`)
  }
  visit(schema, '')
  expect(missing).toEqual([])
})
