/** Tags of the vendors' own templates, parameter by parameter as their sources name them (golden), and what they say again. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compile } from '../../src/compile/compile.ts'
import { DESTINATIONS, destinationKinds, destinationOf } from '../../src/destinations/kinds.ts'
import { containerOf } from '../../src/live/container.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const templates = await ourTemplates()
const vendors = destinationKinds().filter((kind) => DESTINATIONS[kind].gallery !== undefined)

test.each(vendors)('%s', async (kind) => {
  const { id, says } = DESTINATIONS[kind]
  const document = parse(SMALLEST) as PlanDocument
  const { purchase } = document.goals
  const plan = {
    ...document,
    consent: { mode: 'advanced' },
    userData: { shopper: { email: { dataLayer: 'user.email' }, country: { dataLayer: 'user.country' } } },
    destinations: {
      there: {
        kind,
        id: id === 'none' ? '' : id.example,
        via: 'gallery',
        acknowledge: COMMIT,
        ...(DESTINATIONS[kind].userData === 'fields' ? { userData: 'shopper' } : {}),
      },
    },
    goals: {
      purchase: {
        ...purchase,
        send: { there: typeof says === 'object' ? says.example : { parameters: { coupon: 'SUMMER' } } },
      },
    },
  }
  const { resources, diagnostics } = compile(planFrom(stringify(plan)), templates)
  expect(diagnostics).toEqual([])
  const ofTemplate = resources.filter(
    (each): each is Resource<'gtm/tag'> => each.kind === 'gtm/tag' && each.spec.type.startsWith('@'),
  )
  for (const { spec } of ofTemplate) expect(destinationOf(spec)?.kind).toBe(kind)
  const template = resources.filter((each) => each.kind === 'gtm/template')
  const said = [...template, ...ofTemplate].map(({ key, spec }) => ({ key, spec }))
  await expect(`${JSON.stringify(said, null, 2)}\n`).toMatchFileSnapshot(`golden/gallery-${kind}.json`)
})

test.each([
  ['a code, the same in every container', { galleryTemplateId: 'ABC12' }, 'cvt_ABC12'],
  ['none, as before 2025', {}, 'cvt_9_4'],
])('a template with %s', (_, code, type) => {
  const galleryReference = { owner: 'facebookarchive', repository: 'r', version: COMMIT, ...code }
  const { entities } = containerOf(
    {
      customTemplate: [
        { containerId: '9', templateId: '4', name: 'Pixel', templateData: '', galleryReference },
      ],
      tag: [{ tagId: '1', name: 'Tag', type }],
    },
    undefined,
  )
  expect(entities.map(({ kind, spec }) => [kind, 'type' in spec ? spec.type : 'gallery' in spec])).toEqual([
    ['gtm/template', true],
    ['gtm/tag', type],
  ])
})
