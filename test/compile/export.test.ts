import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import { containerFile, containerVersion, renderContainerFile } from '../../src/compile/export.ts'
import { parseExport } from '../../src/lift/parse-export.ts'
import { fromExportCasing, toExportCasing, type Json } from '../../src/resources/export-casing.ts'
import { ENTITIES } from '../../src/kinds/kinds.ts'
import { BUILT_IN_TRIGGERS } from '../../src/resources/gtm-defaults.ts'
import { parseNotes } from '../../src/resources/marker.ts'
import type { RefsIn } from '../../src/resources/parameters.ts'
import { ourTemplates, planFrom } from './compile-file.ts'

const { fromWire: tagFromWire } = ENTITIES['gtm/tag']
const { fromWire: triggerFromWire } = ENTITIES['gtm/trigger']
const { fromWire: variableFromWire } = ENTITIES['gtm/variable']

const FIXTURES = join(import.meta.dirname, '../fixtures')
const TIME = new Date('2026-11-22T04:05:06Z')
const names = readdirSync(FIXTURES).filter((name) => existsSync(join(FIXTURES, name, 'desired.json')))
const EXPORTS = join(import.meta.dirname, '../../../shared/gtm-exports')

type Entity = { readonly [field: string]: Json }

async function exported(
  name: string,
): Promise<{ file: string; resources: ReturnType<typeof compile>['resources'] }> {
  const plan = planFrom(readFileSync(join(FIXTURES, name, 'plan.yaml'), 'utf8'))
  const { resources } = compile(plan, await ourTemplates())
  return { file: renderContainerFile(plan, resources, TIME), resources }
}

test('the container file of the smallest plan', async () => {
  const { file } = await exported('the-smallest-plan')
  await expect(file).toMatchFileSnapshot(join(FIXTURES, 'the-smallest-plan/container.json'))
})

describe.each(names)('the container file of %s', (name) => {
  test('holds exactly what was compiled', async () => {
    const { file, resources } = await exported(name)
    const { version, diagnostics } = parseExport(file, 'container.json')
    expect(diagnostics).toEqual([])
    const entities = (kind: string): Entity[] => (version?.[kind] ?? []) as Entity[]
    const refs = refsOf(entities)
    const read = [
      ...entities('variable').map((entity) => [keyOf(entity), variableFromWire(entity, refs)] as const),
      ...entities('trigger').map((entity) => [keyOf(entity), triggerFromWire(entity, refs)] as const),
      ...entities('tag').map((entity) => [keyOf(entity), tagFromWire(entity, refs)] as const),
    ]
    const wanted = resources
      .filter(({ kind }) => ['gtm/variable', 'gtm/trigger', 'gtm/tag'].includes(kind))
      .map(({ key, spec }) => [key, spec] as const)
    expect(new Map<string, unknown>(read)).toEqual(new Map<string, unknown>(wanted))
    expect(entities('folder').map(keyOf)).toEqual(keysOf(resources, 'gtm/folder'))
    expect(entities('builtInVariable').map(({ name: shown }) => shown)).toEqual(
      resources.filter(({ kind }) => kind === 'gtm/built-in-variable').map((resource) => resource.name),
    )
  })

  test('has no dangling reference and no id twice', async () => {
    const { file } = await exported(name)
    const version = (JSON.parse(file) as { containerVersion: { [kind: string]: Entity[] } }).containerVersion
    const ids = ['tag', 'trigger', 'variable', 'folder'].flatMap((kind) =>
      (version[kind] ?? []).map((entity) => entity[`${kind}Id`]),
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(file).not.toMatch(/\{\{@|"@/)
  })
})

test('the casing of an export and back is the identity', async () => {
  for (const name of names) {
    const plan = planFrom(readFileSync(join(FIXTURES, name, 'plan.yaml'), 'utf8'))
    const { resources } = compile(plan, await ourTemplates())
    const file = containerFile(plan, resources, TIME)
    const version = file.containerVersion as Json
    expect(toExportCasing(fromExportCasing(version))).toEqual(version)
    // What plan test runs is what an import of the file would give.
    expect(fromExportCasing(version)).toEqual(containerVersion(plan, resources, TIME))
  }
})

test.each([
  '',
  'null',
  '[]',
  '{}',
  '{"exportFormatVersion":2}',
  '{"exportFormatVersion":1,"containerVersion":{}}',
  '{',
])('a file that is no export is refused: %s', (text) => {
  const { version, diagnostics } = parseExport(text, 'x.json')
  expect(version).toBeUndefined()
  expect(diagnostics.map(({ code }) => code)).toEqual(['export-is-readable'])
})

// Real exports are not part of this repository; where they lie beside it, they are read too.
describe.skipIf(!existsSync(EXPORTS))('real exports (only where ../shared is present)', () => {
  const files = existsSync(EXPORTS)
    ? readdirSync(EXPORTS).filter((file) => file.includes('__') && file.endsWith('.json'))
    : []

  test.each(files)('%s survives the way to the casing of the API and back', (file) => {
    const text = readFileSync(join(EXPORTS, file), 'utf8')
    const { version, diagnostics } = parseExport(text, file)
    expect(diagnostics).toEqual([])
    const original = (JSON.parse(text) as { containerVersion: Json }).containerVersion
    expect(toExportCasing(version as Json)).toEqual(original)
  })

  test('our fields stand in the order of real exports', async () => {
    const catalogue = JSON.parse(readFileSync(join(EXPORTS, 'CATALOGUE.json'), 'utf8')) as {
      entityFieldOrder: { [kind: string]: string[] }
    }
    const found = await Promise.all(names.map((name) => exported(name)))
    const versions = found.map(
      ({ file }) => (JSON.parse(file) as { containerVersion: { [kind: string]: Entity[] } }).containerVersion,
    )
    for (const [kind, order] of Object.entries(catalogue.entityFieldOrder)) {
      for (const entity of versions.flatMap((version) => version[kind] ?? [])) {
        const fields = Object.keys(entity)
        expect(fields).toEqual(order.filter((field) => fields.includes(field)))
      }
    }
  })
})

function keyOf(entity: Entity): string {
  return parseNotes(String(entity.notes)).marker?.key ?? ''
}

function keysOf(resources: readonly { kind: string; key: string }[], kind: string): string[] {
  return resources.filter((resource) => resource.kind === kind).map(({ key }) => key)
}

/** Ids and names of the file become the keys in the markers again. */
function refsOf(entities: (kind: string) => Entity[]): RefsIn {
  const index = (kind: string, field: string): Map<string, string> =>
    new Map(entities(kind).map((entity) => [String(entity[field]), `@${keyOf(entity)}`]))
  const maps = {
    variable: index('variable', 'name'),
    trigger: index('trigger', 'triggerId'),
    folder: index('folder', 'folderId'),
    tag: index('tag', 'name'),
  }
  return {
    template: (type) => type,
    variable: (name) => maps.variable.get(name) ?? name,
    trigger: (id) => maps.trigger.get(id) ?? BUILT_IN_TRIGGERS.get(id) ?? id,
    folder: (id) => maps.folder.get(id) ?? id,
    tag: (name) => maps.tag.get(name) ?? name,
  }
}
