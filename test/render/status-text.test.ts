import { expect, test } from 'vitest'
import { renderStatusText, type StatusReport } from '../../src/render/status-text.ts'

const report: StatusReport = {
  formatVersion: 1,
  plans: [
    {
      file: 'plans/shop.yaml',
      plan: 'shop',
      environment: 'staging',
      states: ['drifted'],
      drifted: 1,
      byHand: [{ kind: 'ga4/custom-dimension', name: 'Coupon' }],
    },
  ],
  made: { gtm: 1, ga4: 1, seconds: 0 },
}

test('the commands to go on with lead to the same sandbox', () => {
  const text = renderStatusText(report, undefined, { sandbox: 'http://127.0.0.1:8080' })
  expect(text).toContain('\n  plan diff plans/shop.yaml -e staging --sandbox http://127.0.0.1:8080\n')
  expect(text).toContain('plan status --who --sandbox http://127.0.0.1:8080 (')
  expect(renderStatusText(report, undefined, { sandbox: true })).toContain('-e staging --sandbox\n')
  expect(renderStatusText(report)).not.toContain('--sandbox')
})

test('who asked for names and was refused is not told to ask', () => {
  expect(renderStatusText(report)).toContain('plan status --who')
  expect(renderStatusText(report, undefined, { who: true })).not.toContain('--who')
})

test('what is wrong with a plan on each of its environments is said once', () => {
  const row = {
    file: 'bad.yaml',
    states: ['unusable'],
    problem: 'bad.yaml:1:1 error missing-field\n\n1 error',
  }
  const text = renderStatusText({
    formatVersion: 1,
    plans: [
      { ...row, environment: 'staging' },
      { ...row, environment: 'production' },
    ],
    made: { gtm: 0, ga4: 0, seconds: 0 },
  })
  expect(text.match(/missing-field/g)).toHaveLength(1)
  expect(text).toContain('\nbad.yaml on staging\nbad.yaml on production\nbad.yaml:1:1 error')
})
