/**
 * The plans in plans/ are what newcomers copy: they pass the check without a word, compile for every environment, and
 * what they compile to is read in test/plans/golden line by line. `npx vitest run test/plans -u` writes it anew.
 */
import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkPlan } from '../../src/check/check.ts'
import { compile } from '../../src/compile/compile.ts'
import { readTemplates } from '../../src/compile/templates.ts'
import { destinationKinds } from '../../src/destinations/kinds.ts'
import { buildPlan } from '../../src/plan/build.ts'
import { parsePlan, type ParsedPlan } from '../../src/plan/parse.ts'
import type { Micro, PlanDocument, Trigger } from '../../src/plan/plan-types.ts'
import { readPlan } from '../../src/plan/read.ts'
import { resolveVariables } from '../../src/plan/variables.ts'
import type { Resource } from '../../src/resources/resource.ts'

// A fixed day: targets pass and evidence ages, and the tests must not.
const TODAY = '2026-11-22'

const files = [...(await plansIn('plans')), ...(await plansIn('plans/overlays'))]
const parsed = new Map<string, ParsedPlan>()
for (const file of files) parsed.set(file, parsePlan(await readPlan(file)))
const templates = await readTemplates(['templates/gtm'])

test.each(files)('%s has nothing that the check would mention', (file) => {
  expect(checkPlan(parsedPlan(file), { today: TODAY, profile: 'strict' }).diagnostics).toEqual([])
})

test.each(files)('%s grows old, but never wrong', (file) => {
  expect(checkPlan(parsedPlan(file), { today: '2046-11-22' }).ok).toBe(true)
})

test('there is a plan for a shop, a services firm and a product, and a market of the shop', () => {
  expect(files).toEqual([
    'plans/advisory.yaml',
    'plans/outfitters.yaml',
    'plans/workspace.yaml',
    'plans/overlays/outfitters_sa.yaml',
  ])
})

describe.each(files)('%s', (file) => {
  const document = documentOf(file)

  test('has a staging and a protected production of its own, in other containers and properties', () => {
    expect(Object.keys(document.environments)).toEqual(['staging', 'production'])
    const { staging, production } = document.environments
    expect(production?.protected).toBe(true)
    expect(staging?.gtm.container).not.toBe(production?.gtm.container)
    expect(staging?.ga4.property).not.toBe(production?.ga4.property)
  })

  test.each(Object.keys(document.environments))('compiles for %s without a remark', (environment) => {
    expect(compileFor(file, environment).diagnostics).toEqual([])
  })

  test('compiles to the golden resources', async () => {
    const { resources } = compileFor(file, 'staging')
    await expect(`${JSON.stringify(resources, undefined, 2)}\n`).toMatchFileSnapshot(
      `golden/${basename(file, '.yaml')}.json`,
    )
  })

  test('makes the same things in production as in staging', () => {
    const keys = (environment: string): string[] => compileFor(file, environment).resources.map(identityOf)
    expect(keys('production')).toEqual(keys('staging'))
  })

  test('plans something that no tag can see', () => {
    const elsewhere = microsOf(document).filter((micro) => (micro.source ?? 'ga4') !== 'ga4')
    expect(elsewhere.length).toBeGreaterThanOrEqual(2)
  })
})

test('the plans send conversions to every kind of destination', () => {
  const kinds = files.flatMap((file) => Object.values(documentOf(file).destinations ?? {}).map(({ kind }) => kind))
  expect([...new Set(kinds)].sort()).toEqual(destinationKinds().filter((kind) => kind !== 'ga4').sort())
})

test('the plans show every word of a trigger but error, which is no conversion, a trigger that somebody else has made, and where to listen', async () => {
  const schema = JSON.parse(await readFile('schemas/plan.schema.json', 'utf8')) as {
    $defs: { Trigger: { properties: Record<string, unknown> } }
  }
  const shown = new Set(files.flatMap((file) => triggersOf(documentOf(file)).flatMap(keysOfTrigger)))
  const missing = Object.keys(schema.$defs.Trigger.properties).filter((key) => !shown.has(key))
  expect(missing).toEqual(['error', 'existing', 'armedWhen'])
})

async function plansIn(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${folder}/${name}`)
}

function parsedPlan(file: string): ParsedPlan {
  const found = parsed.get(file)
  if (!found) throw new Error(`${file} was not read`)
  return found
}

function documentOf(file: string): PlanDocument {
  return parsedPlan(file).document as PlanDocument
}

function compileFor(file: string, environment: string): ReturnType<typeof compile> {
  const { document, diagnostics } = resolveVariables(parsedPlan(file).document, environment, {})
  expect(diagnostics).toEqual([])
  return compile(buildPlan(document as PlanDocument, environment, file), templates)
}

function identityOf(resource: Resource): string {
  return `${resource.kind} ${resource.key} ${resource.name}`
}

function microsOf(document: PlanDocument): Micro[] {
  return Object.values(document.stages).flatMap((stage) => Object.values(stage.micro))
}

function triggersOf(document: PlanDocument): Trigger[] {
  return [...Object.values(document.goals), ...microsOf(document)].flatMap(({ trigger }) =>
    trigger ? [trigger] : [],
  )
}

function keysOfTrigger(trigger: Trigger): string[] {
  const inner = [...(trigger.any ?? []), ...(trigger.all ?? [])]
  return [...Object.keys(trigger), ...inner.flatMap(keysOfTrigger)]
}
