import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compile } from '../../src/compile/compile.ts'
import { endOfDay, startOfDay } from '../../src/compile/schedule.ts'
import { ENTITIES } from '../../src/kinds/kinds.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { resourceWords } from '../../src/words/resource-words.ts'
import { ourTemplates, planFrom } from './compile-file.ts'

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')

test.each([
  ['2026-11-28', undefined, '2026-11-28T00:00:00.000Z'],
  ['2026-11-28', 'Asia/Dubai', '2026-11-27T20:00:00.000Z'],
  ['2026-07-01', 'America/New_York', '2026-07-01T04:00:00.000Z'],
  // The clocks change on these days, in either direction.
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
  ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
])('%s begins in %s at %s', (day, zone, moment) => {
  expect(new Date(startOfDay(day, zone)).toISOString()).toBe(moment)
})

test('the last day counts whole', () => {
  expect(endOfDay('2026-12-31', 'Asia/Dubai')).toBe(startOfDay('2027-01-01', 'Asia/Dubai'))
})

test('priority and days stand in every tag of the conversion, come back from GTM and have words', async () => {
  const document = parse(SMALLEST) as PlanDocument
  const plan = planFrom(
    stringify({
      ...document,
      timezone: 'Asia/Dubai',
      destinations: { there: { kind: 'hotjar', id: '1234567' } },
      goals: {
        purchase: {
          ...document.goals.purchase,
          priority: 10,
          schedule: { from: '2026-11-28', until: '2026-12-31' },
          send: { there: true },
        },
      },
    }),
  )
  const { resources, diagnostics } = compile(plan, await ourTemplates())
  expect(diagnostics).toEqual([])
  const tags = resources.flatMap((each) =>
    each.kind === 'gtm/tag' && each.key.includes('/purchase') ? [each] : [],
  )
  expect(tags).toHaveLength(2)
  for (const tag of tags) {
    const wire = ENTITIES['gtm/tag'].toWire(tag, '', {
      variable: (ref) => ref,
      trigger: (ref) => ref,
      tag: (ref) => ref,
      template: (ref) => ref,
      folder: (ref) => ref,
    })
    expect(wire).toMatchObject({
      priority: { type: 'integer', value: '10' },
      scheduleStartMs: String(Date.parse('2026-11-27T20:00:00Z')),
      scheduleEndMs: String(Date.parse('2026-12-31T20:00:00Z')),
    })
    const words = resourceWords(tag, new Map())
    expect([words.get('Priority'), words.get('Runs from'), words.get('Runs until')]).toEqual([
      '10',
      '2026-11-27 20:00 UTC',
      '2026-12-31 20:00 UTC',
    ])
  }
})
