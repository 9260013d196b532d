import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { becoming } from '../../src/docs/becomes.ts'
import { canBeCompiled } from '../../src/check/check.ts'
import { readTemplates } from '../../src/compile/templates.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'

const templates = await readTemplates(['templates/gtm'])
const document = parse(`
version: 1
plan: shop
title: Shop
owner: o@shop.example
environments:
  live: { gtm: { account: "1", container: GTM-LIVE001 }, ga4: { property: "1", measurementId: G-LIVE000001 } }
goals:
  bought: { title: Bought, event: purchase, trigger: { dataLayer: purchase } }
stages:
  look:
    title: Look
    micro:
      read: { title: Read, event: read, trigger: { dataLayer: read }, feeds: [bought] }
`) as PlanDocument
const examples = [{ document, environment: 'live' }]

// Without its title a micro conversion is no plan, and compile does not ask twice.
test('a document that the check refuses becomes nothing', () => {
  expect(canBeCompiled({ ...document, goals: {} }, 'live', '2026-01-01')).toBe(false)
  const of = becoming(examples, templates, (each) => canBeCompiled(each, 'live', '2026-01-01'))
  // What it is a part of is left out instead.
  expect(of('micro.title')?.map(({ kind }) => kind)).toContain('tag')
})

test('where the check finds nothing, a compile that fails is a mistake of ours, and is not hidden', () => {
  const of = becoming(examples, templates, () => true)
  expect(() => of('micro.title')).toThrow(TypeError)
  expect(() => becoming(examples, new Map(), () => false)('micro.title')).toThrow(
    'An example does not compile: The template',
  )
})
