import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { reference } from '../../scripts/generate-reference.ts'
import { examplesIn, fieldPaths, fieldText, renderField } from '../../src/docs/reference.ts'
import { columns } from '../../src/words/width.ts'

const examples = examplesIn([parse(readFileSync('plans/outfitters.yaml', 'utf8'))])

test('the page is what the schema says (npm run generate)', async () => {
  expect(readFileSync('docs/reference.md', 'utf8')).toBe(await reference())
})

test('every field has a text, keeps within 80 columns, and what stands below it is a field too', () => {
  for (const path of fieldPaths()) {
    const field = fieldText(path, examples)
    expect(field, path).toBeDefined()
    if (field === undefined) continue
    const example = field.example ?? ''
    const lines = renderField(field).replace(example, '').split('\n')
    expect(
      lines.filter(
        (line) => columns(line) > 80 && line.trim().includes(' ') && !example.includes(line.trim()),
      ),
    ).toEqual([])
    for (const below of field.below) expect(fieldText(below.path, examples), below.path).toBeDefined()
  }
})

test('a field says type, default and an example out of a plan', () => {
  expect(fieldText('micro.target', examples)).toMatchObject({
    type: 'target',
    below: expect.arrayContaining([expect.objectContaining({ path: 'target.rate' })]) as unknown,
  })
  expect(fieldText('target.per', examples)?.type).toBe('one of day, week, month, quarter, year')
  expect(fieldText('environment.protected', examples)?.example).toBe('protected: true')
  expect(fieldText('micro.nothing', examples)).toBeUndefined()
})
