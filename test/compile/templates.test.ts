import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import { parseTemplate } from '../../src/compile/template-rules.ts'
import { readTemplates, templateFolder } from '../../src/compile/templates.ts'
import { planFrom } from './compile-file.ts'

const OURS = join(import.meta.dirname, '../../templates/gtm')
const SMALLEST = join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml')

const folders: string[] = []
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

async function compileWith(files: { readonly [name: string]: string }): Promise<ReturnType<typeof compile>> {
  const folder = await mkdtemp(join(tmpdir(), 'templates-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return compile(planFrom(await readFile(SMALLEST, 'utf8')), await readTemplates([OURS, folder]))
}

test('a template of the user replaces ours, file by file', async () => {
  const ours = await readFile(join(OURS, 'tags/ga4-event.hbs'), 'utf8')
  const theirs = ours.replace(
    '"type": "gaawe",',
    '"type": "gaawe", "priority": { "type": "integer", "value": "5" },',
  )
  const { resources, diagnostics } = await compileWith({ 'tags/ga4-event.hbs': theirs })
  expect(diagnostics).toEqual([])
  const tags = resources.flatMap((each) => (each.kind === 'gtm/tag' ? [each] : []))
  expect(tags.map(({ key, spec }) => [key, spec.other])).toEqual([
    ['smallest/google-tag#tag', {}],
    ['smallest/newsletter_signup#tag', { priority: { type: 'integer', value: '5' } }],
    ['smallest/pricing_view#tag', { priority: { type: 'integer', value: '5' } }],
    ['smallest/purchase#tag', { priority: { type: 'integer', value: '5' } }],
  ])
})

test('built-in variables that only a template uses are enabled too', async () => {
  const ours = await readFile(join(OURS, 'variables/constant.hbs'), 'utf8')
  const theirs = ours.replace('{{text value}}', '{{variable "Container ID"}}')
  const { resources } = await compileWith({ 'variables/constant.hbs': theirs })
  expect(resources.map(({ key }) => key)).toContain('smallest/containerId#built-in-variable')
})

test.each([
  ['text that is no JSON', '{ "type": "c" "name": {{text name}} }'],
  [
    'a name that is nowhere',
    '{ "type": "c", "name": {{text name}}, "parameter": [{ "type": "template", "key": "value", "value": {{text valeu}} }] }',
  ],
  ['a field that GTM does not know', '{ "type": "c", "name": {{text name}}, "paramter": [] }'],
  [
    'a parameter of an unknown type',
    '{ "type": "c", "name": {{text name}}, "parameter": [{ "type": "TEMPLATE", "key": "value", "value": {{text value}} }] }',
  ],
  [
    'a value that is not a text',
    '{ "type": "c", "name": {{text name}}, "parameter": [{ "type": "integer", "key": "value", "value": 2 }] }',
  ],
  ['a name of its own', '{ "type": "c", "name": "Mine", "parameter": [] }'],
  ['no type', '{ "name": {{text name}} }'],
  ['a list instead of an entity', '[]'],
  ['a partial that is not there', '{ "type": "c", {{> nowhere}} "name": {{text name}} }'],
  ['a block that is never closed', '{ {{#if value}} "type": "c" }'],
])('%s is an error that names the template', async (_, template) => {
  const { resources, diagnostics } = await compileWith({ 'variables/constant.hbs': template })
  expect(diagnostics.map(({ code }) => code)).toEqual(['templates-render-entities'])
  expect(diagnostics[0]?.message).toContain(join('variables', 'constant.hbs'))
  expect(resources.map(({ key }) => key)).not.toContain('smallest/version#variable')
})

test('the templates of a directory lie in gtm/ or in itself; a misspelt directory has none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'templates-'))
  folders.push(folder)
  await mkdir(join(folder, 'like-ours/gtm/tags'), { recursive: true })
  await mkdir(join(folder, 'flat/partials'), { recursive: true })
  await mkdir(join(folder, 'other/tags'), { recursive: true })
  await writeFile(join(folder, 'like-ours/gtm/tags/ga4-event.hbs'), '{}')
  await writeFile(join(folder, 'flat/partials/condition.hbs'), '{}')
  await writeFile(join(folder, 'other/tags/chat.html'), '<script></script>')
  expect(await templateFolder(join(folder, 'like-ours'))).toBe(join(folder, 'like-ours/gtm'))
  expect(await templateFolder(join(folder, 'flat'))).toBe(join(folder, 'flat'))
  expect(await templateFolder(folder)).toBeUndefined()
  expect(await templateFolder(join(folder, 'other'))).toBeUndefined()
  expect(await templateFolder(join(folder, 'misspelt'))).toBeUndefined()
})

describe('a template may not', () => {
  test.each([
    ['insert a value without a helper', '{ "name": "{{name}}" }'],
    ['insert a value raw', '{ "name": {{{name}}} }'],
    ['open the quotes of a value itself', '{ "name": "GA4 {{text name}}" }'],
    ['open them in a block', '{ "name": {{#if a}}"{{/if}}{{text name}}" }'],
    ['leave a string open', '{ "name": "x }'],
    ['write a reference in raw braces', '{ "name": "\\{{Page URL}}" }'],
    ['nest helpers', '{ "name": {{text (variable "x")}} }'],
    ['use other blocks', '{ "name": {{#with a}}{{text name}}{{/with}} }'],
    ['compute', '{ "name": {{lookup a b}} }'],
    ['pass values to a partial', '{ {{> condition name="x"}} }'],
    ['choose a partial by a value', '{ {{> (text name)}} }'],
    ['put a partial into a string', '{ "a": "{{> condition}}" }'],
    ['decorate', '{{* inline "x"}}'],
    // Within each other Handlebars would take minutes for them.
    ['have blocks by the thousand', `${'{{#if a}}'.repeat(20_000)}${'{{/if}}'.repeat(20_000)}`],
  ])('%s', (_, template) => {
    expect(() => parseTemplate(template)).toThrow()
  })

  test('and everything that ours do is allowed', async () => {
    for (const { text } of (await readTemplates([OURS])).values())
      expect(() => parseTemplate(text)).not.toThrow()
  })
})
