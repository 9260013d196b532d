/** A parameter often reads what a condition asks for; the scenario in which that must not hold stays the one it is. */
import { expect, test } from 'vitest'
import { proving, trialFor } from './trial.ts'

const PARAMETERS = `parameters:
  kind: { type: string, values: [pro, team, free], description: Kind }
  count: { type: integer, description: Count }
`

test('what makes a parameter’s example up leaves alone what the scenario is about', async () => {
  const results = await proving(
    trialFor(
      {
        listed:
          'event: listed, trigger: { dataLayer: a, when: [{ dataLayer: { plan.type: { equals: [pro, team] } } }] }, parameters: { kind: { dataLayer: plan.type } }',
        fewer:
          'event: fewer, trigger: { dataLayer: b, when: [{ dataLayer: { n: { lessThan: 5 } } }] }, parameters: { count: { dataLayer: n } }',
        between:
          'event: between, trigger: { dataLayer: c, when: [{ dataLayer: { n: { greaterThan: 5 } } }, { dataLayer: { n: { lessThan: 10 } } }] }, parameters: { count: { dataLayer: n } }',
        visits:
          'event: visits, trigger: { dataLayer: d, when: [{ cookie: { visits: { greaterThan: 2 } } }] }, parameters: { count: { cookie: visits } }',
        clicked:
          'event: clicked, trigger: { link: {}, when: [{ click: { data-plan: { equals: [pro, team] } } }] }, parameters: { kind: { click: data-plan } }',
        both: 'event: both, trigger: { all: [{ dataLayer: e, when: [{ dataLayer: { plan.type: { equals: pro } } }] }, { dataLayer: f }] }, parameters: { kind: { dataLayer: plan.type } }',
      },
      PARAMETERS,
    ),
  )
  expect(results.filter(({ outcome }) => outcome !== 'proven')).toEqual([])
  // Between two numbers it is one value that is missing, not two.
  expect(results.map(({ scenario }) => scenario)).toContain('between/silent-without-value-1')
  expect(results.map(({ scenario }) => scenario)).not.toContain('between/silent-without-value-2')
})

test('what asks that a value is not there, or has one of its own where it is not, is not silent without it', async () => {
  const results = await proving(
    trialFor({
      absent:
        'event: absent, trigger: { dataLayer: a, when: [{ dataLayer: { user.id: { exists: false } } }] }',
      own: 'event: own, trigger: { dataLayer: b, when: [{ value: { dataLayer: kind, default: pro }, test: { equals: pro } }] }',
    }),
  )
  expect(results.filter(({ outcome }) => outcome !== 'proven')).toEqual([])
})

test('a form with a class from the selector and another from a condition has both', async () => {
  const results = await proving(
    trialFor({
      sent: 'event: sent, trigger: { form: { selector: form.lead }, when: [{ form: { classes: { contains: long } } }] }',
    }),
  )
  expect(results.filter(({ outcome }) => outcome !== 'proven')).toEqual([])
})

test('version 1 of the data layer is given the name with its dots', async () => {
  const results = await proving(
    trialFor({
      sent: 'event: sent, trigger: { dataLayer: a, when: [{ dataLayer: { page.type: { equals: offer } } }] }, parameters: { kind: { dataLayer: page.area, version: 1 } }',
    }),
  )
  expect(results.filter(({ outcome }) => outcome !== 'proven')).toEqual([])
  expect(results[0]?.saw.at(-1)?.parameters).toEqual({ kind: 'example' })
})
