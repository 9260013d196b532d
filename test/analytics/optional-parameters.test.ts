/** What the plan lets the site leave out is not missed after publishing either. */
import { expect, test } from 'vitest'
import { measuredPlanOf } from '../../src/analytics/measured-plan.ts'
import type { Tally } from '../../src/analytics/tally.ts'
import { isMissing, renderVerifiedText, verifiedOf } from '../../src/analytics/verify.ts'
import { planOf, SHOP } from '../docs/plan.ts'

/** Sign-ups that arrived on one day, all without the parameter. */
const CAME = {
  answers: { parameters: [{ conversion: 'newsletter', key: 'form_location', present: 0 }] },
  days: () => [{ day: 20_000, events: 5 }],
  daysSeen: new Set([20_000]),
} as unknown as Tally

test.each([
  ['description', '    ✗ form_location never arrived', true],
  ['optional: true, description', '    · form_location never arrived, and need not', false],
])('a parameter with %s', async (field, line, isSaidToBeMissing) => {
  const text = SHOP.replace('values: [footer, hero], description', `values: [footer, hero], ${field}`)
  const plan = measuredPlanOf(await planOf(text))
  const conversions = plan.conversions.filter(({ id }) => id === 'newsletter')
  const verified = verifiedOf(
    { ...plan, conversions },
    { first: 20_000, end: 20_001 } as Parameters<typeof verifiedOf>[1],
    CAME,
  )
  expect(renderVerifiedText(verified).split('\n')).toContain(line)
  expect(isMissing(verified)).toBe(isSaidToBeMissing)
})
