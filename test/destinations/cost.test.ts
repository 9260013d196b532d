/** What destinations cost: the container's size is estimated with them, and no request more goes to GTM. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { checkSize, estimateSize } from '../../src/compile/size.ts'
import { compile } from '../../src/compile/compile.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import type { Key, Resource } from '../../src/resources/resource.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'
import { inNewFolder, plan } from '../scenarios/run-plan.ts'

const templates = await ourTemplates()
const SHOP = parse(
  readFileSync(join(import.meta.dirname, '../../plans/outfitters.yaml'), 'utf8'),
) as PlanDocument

/** The shop without any vendor: `send` and what it names are gone. */
function withoutVendors(): PlanDocument {
  const vendors = ['destinations', 'userData', 'eventId', 'send']
  return JSON.parse(
    JSON.stringify(SHOP, (key, value: unknown) => (vendors.includes(key) ? undefined : value)),
  ) as PlanDocument
}

function withVendors(count: number): PlanDocument {
  const names = Array.from({ length: count }, (_, index) => `vendor_${index}`)
  return {
    ...withoutVendors(),
    destinations: Object.fromEntries(
      names.map((name, index) => [
        name,
        { kind: 'meta' as const, id: String(1234567000 + index), sends: 'goals' as const },
      ]),
    ),
  }
}

const sizeOf = (document: PlanDocument) =>
  estimateSize(compile(planFrom(stringify(document)), templates).resources)

test('the size of the container counts what goes to vendors, and is warned about from 70 percent on', () => {
  const [without, some, many] = [withoutVendors(), withVendors(3), withVendors(150)].map(sizeOf)
  expect(some?.bytes).toBeGreaterThan(without?.bytes ?? 0)
  expect([without, some, many].map((size) => size && checkSize(size).map(({ code }) => code))).toEqual([
    [],
    [],
    ['container-has-room'],
  ])
})

/** A template whose code is as long as asked for; its form and its picture are longer still. */
const template = (length: number): Resource => ({
  kind: 'gtm/template',
  key: 'shop/=pixel#template' as Key,
  name: 'Pixel',
  spec: {
    templateData: `___INFO___\n\n${'picture'.repeat(100_000)}\n\n___SANDBOXED_JS_FOR_WEB_TEMPLATE___\n\n${'x'.repeat(length)}`,
    other: {},
  },
  notes: '',
})

test('the code of templates is counted, and nothing else of them', () => {
  const [none, own] = [estimateSize([]).bytes, estimateSize([template(150_000)])]
  expect(own.bytes - none).toBeGreaterThanOrEqual(150_000)
  expect(own.bytes - none).toBeLessThan(151_000)
  expect(checkSize(own).map(({ code }) => code)).toEqual(['container-has-room'])
  expect(checkSize(estimateSize([template(20_000)]))).toEqual([])
})

test('of a template from the gallery what its code weighs there is counted', () => {
  const vendor = { kind: 'tiktok', id: 'CABC1234567890DEFGHI', sends: 'goals' } as const
  const acknowledge = '0'.repeat(40)
  const [own, gallery] = [{}, { via: 'gallery' as const, acknowledge }].map(
    (via) => sizeOf({ ...withoutVendors(), destinations: { there: { ...vendor, ...via } } }).bytes,
  )
  expect((gallery ?? 0) - (own ?? 0)).toBeGreaterThan(15_000)
})

inNewFolder()

test('the number of requests to GTM is the same with vendors and without', async () => {
  const requests = async (file: string): Promise<number> => {
    const { out } = await plan('diff', file, '-e', 'staging', '--sandbox', '--format', 'json')
    return (JSON.parse(out) as { requests: { gtm: number } }).requests.gtm
  }
  writeFileSync('without.yaml', stringify(withoutVendors()))
  writeFileSync('with.yaml', stringify(withVendors(9)))
  expect(await requests('with.yaml')).toBe(await requests('without.yaml'))
})
