import { expect, test } from 'vitest'
import { committed, foundOut, reference } from '../../scripts/generate-reference.ts'
import { exampleValues } from '../../src/commands/explain.ts'
import { fieldPaths, fieldText, renderField } from '../../src/docs/reference.ts'
import { thingName } from '../../src/docs/field-places.ts'
import { definitions, followedSchema, planSchema, type Schema } from '../../src/plan/schema.ts'
import { columns } from '../../src/words/width.ts'
import { plan } from '../scenarios/run-plan.ts'

const examples = await exampleValues()
const found = await foundOut()
const text = (path: string) => fieldText(path, examples, () => 'nothing at Google')

test('the page is what the schema and the examples say (npm run generate)', async () => {
  const { text, becomes } = committed()
  expect(text).toBe(await reference((path) => becomes.get(path) ?? ''))
})

// All of them take as many compilations as there are fields; these are one of each way in which it is found out.
test.each([
  [
    'micro.event',
    'Tag Manager: tag (Currency, Event, Name, Parameter ecomm_pagetype, Sent, Value); GA4: key event',
  ],
  ['goal.counting', 'GA4: key event (Counting)'],
  ['trigger.page', 'Tag Manager: trigger (Name, Trigger)'],
  ['condition.host', 'Tag Manager: built-in variable, trigger (Trigger)'],
  ['micro.paused', 'Tag Manager: tag (Paused)'],
  ['parameterDefinition.register', 'GA4: custom dimension, custom metric'],
  ['micro.weight', 'GA4: key event (Value)'],
  ['naming.trigger', 'Tag Manager: trigger (Name)'],
  ['micro.uxOutcome', 'nothing at Google; it is for checks, documents and numbers'],
])('%s becomes %s, found out by compiling the examples with it and without it', (path, words) => {
  expect(found(path)).toBe(words)
})

test('every field has a text within 80 columns, and what stands below it is a field too', () => {
  for (const path of fieldPaths()) {
    const field = text(path)
    expect(field, path).toBeDefined()
    if (field === undefined) continue
    const example = field.example ?? ''
    const lines = renderField(field).replace(example, '').split('\n')
    expect(
      lines.filter(
        (line) => columns(line) > 80 && line.trim().includes(' ') && !example.includes(line.trim()),
      ),
    ).toEqual([])
    for (const below of field.below) expect(text(below.path), below.path).toBeDefined()
  }
})

/** Every field by every way that leads to it: `micro.trigger.form`, `markets.currency`, `goal.target.rate`. */
function everyWay(): readonly string[] {
  const ways: string[] = []
  const walk = (path: string, schema: Schema, things: readonly string[]): void => {
    ways.push(path)
    const inside = [schema.$ref ?? ''].filter((ref) => ref !== '')
    if (inside.some((ref) => things.includes(ref))) return
    const { properties = {}, items, additionalProperties } = followedSchema(schema)
    const below = [items, additionalProperties].flatMap((each) => (typeof each === 'object' ? [each] : []))
    const seen = [...things, ...inside]
    for (const [name, inner] of Object.entries(properties)) walk(`${path}.${name}`, inner, seen)
    for (const inner of below) walk(path, inner, seen)
  }
  for (const [name, schema] of Object.entries(planSchema.properties ?? {})) walk(name, schema, [])
  for (const name of Object.keys(definitions)) walk(thingName(name), { $ref: `#/$defs/${name}` }, [])
  return [...new Set(ways)]
}

test('every field, also through a thing with a name of its own, has an example and says what it becomes', () => {
  const { becomes } = committed()
  const ways = everyWay()
  expect(ways).toEqual(expect.arrayContaining(['micro.trigger.form.selector', 'markets.currency']))
  const silent = ways.filter((path) => {
    const field = fieldText(path, examples, (own) => becomes.get(own) ?? '')
    return field?.example === undefined || field.becomes === ''
  })
  expect(silent).toEqual([])
})

test('no example is longer than one reads, and the page has each of them', () => {
  const { text: page } = committed()
  for (const path of fieldPaths()) {
    const example = text(path)?.example ?? ''
    expect(example.split('\n').length, path).toBeLessThan(40)
    expect(page).toContain(`\n${example}\n`)
  }
})

// A field that no plan in plans/ uses has its line in templates/language/shop.yaml.
test('every field has an example in a plan', () => {
  expect(fieldPaths().filter((path) => text(path)?.example === undefined)).toEqual([])
})

test('the plan that examples are taken from is right, and compiles', async () => {
  const { exitCode, err } = await plan(
    'compile',
    'templates/language/shop.yaml',
    '-e',
    'staging',
    '--format',
    'resources',
  )
  expect([exitCode, err]).toEqual([0, expect.not.stringContaining('error')])
})

test('a field says type, default and an example out of a plan', () => {
  expect(text('micro.target')).toMatchObject({
    type: 'target',
    below: expect.arrayContaining([expect.objectContaining({ path: 'target.rate' })]) as unknown,
  })
  expect(text('target.per')?.type).toBe('one of day, week, month, quarter, year')
  expect(text('environment.protected')?.example).toBe('protected: true')
  expect(text('condition')?.example).toMatch(/^when: \[ \{ /)
  expect(text('micro.nothing')).toBeUndefined()
})
