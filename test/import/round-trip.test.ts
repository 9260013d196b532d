import { describe, expect, test } from 'vitest'
import { liftContainer } from '../../src/import/lift-container.ts'
import { renderPlan } from '../../src/import/render-plan.ts'
import { roundTrip } from '../../src/import/round-trip.ts'
import { parseExport } from '../../src/lift/parse-export.ts'
import { formatPlan } from '../../src/plan/format.ts'
import { toValue } from '../../src/plan/tree.ts'
import { parseYaml } from '../../src/plan/yaml.ts'
import { ourTemplates } from '../compile/compile-file.ts'
import { customEvent, eventTag, exportOf, REAL_EXPORTS, realExport } from './exports.ts'

const templates = await ourTemplates()
const options = { templates, today: '2026-11-22' }

describe.skipIf(REAL_EXPORTS.length === 0)('a real container (they lie in ../shared)', () => {
  test.each(REAL_EXPORTS)('%s comes back as it was, but for what is named', (name) => {
    const { version = {} } = parseExport(realExport(name), name)
    const lifted = liftContainer(version, options)
    expect(lifted.lifted.length + lifted.leftOut.length).toBe(lifted.ga4EventTags)
    const text = renderPlan(lifted, name)
    expect(formatPlan(text).changed).toBe(false)
    const { tree } = parseYaml('plan.yaml', text)
    if (tree === undefined) throw new Error('The plan cannot be read.')
    const result = roundTrip(version, toValue(tree), lifted, options)
    expect(result).toEqual({
      errors: [],
      unfaithful: [],
      faithful: lifted.lifted,
      faithfulVendors: lifted.vendorsLifted,
    })
  })
})

test('a tag that the plan would fire at other moments is left out, with what differs', () => {
  const later = {
    triggerId: '10',
    name: 'Timer',
    type: 'TIMER',
    eventName: { type: 'TEMPLATE', value: 'tick' },
    interval: { type: 'TEMPLATE', value: '1000' },
    limit: { type: 'TEMPLATE', value: '1' },
  }
  const source = exportOf({
    tag: [eventTag('1', 'share', ['10']), eventTag('2', 'purchase', ['11'])],
    trigger: [later, customEvent('11', 'purchase')],
  })
  const { version = {} } = parseExport(source, 'export.json')
  const lifted = liftContainer(version, options)
  expect(lifted.lifted).toEqual(['GA4 - purchase'])
  expect(lifted.leftOut).toEqual([
    {
      kind: 'tag',
      name: 'GA4 - share',
      code: 'means-something-else',
      reason: 'the plan would say something else of it: moment.settings',
    },
  ])
})

test('a container without GA4 events becomes a plan to begin with, with its Google tag', () => {
  const google = {
    tagId: '1',
    name: 'Google tag',
    type: 'googtag',
    parameter: [{ type: 'TEMPLATE', key: 'tagId', value: 'G-SHOP000001' }],
    firingTriggerId: ['2147479573'],
  }
  const chat = { tagId: '2', name: 'Chat', type: 'html', firingTriggerId: ['2147479553'] }
  const { version = {} } = parseExport(exportOf({ tag: [google, chat] }), 'export.json')
  const lifted = liftContainer(version, options)
  expect(lifted.document).toMatchObject({
    googleTag: 'managed',
    environments: { production: { ga4: { property: 'TODO', measurementId: 'G-SHOP000001' } } },
    goals: { goal: { title: 'TODO', primary: true } },
  })
  expect(lifted.others.map(({ name }) => name)).toContain('Chat')
  const { tree } = parseYaml('plan.yaml', renderPlan(lifted, 'export.json'))
  if (tree === undefined) throw new Error('The plan cannot be read.')
  expect(roundTrip(version, toValue(tree), lifted, options).errors).toEqual([])
  // Two Google tags: nobody knows which.
  const other = {
    ...google,
    tagId: '3',
    name: 'Other',
    parameter: [{ ...google.parameter[0], value: 'G-OTHER00001' }],
  }
  const both = parseExport(exportOf({ tag: [google, other] }), 'export.json').version ?? {}
  expect(liftContainer(both, options).document).toMatchObject({
    googleTag: 'existing',
    environments: { production: { ga4: { measurementId: 'TODO' } } },
  })
})
