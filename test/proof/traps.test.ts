/** The traps of GTM-RUNTIME 12: a plan that walks into one is refuted, with the lint that says it beforehand. */
import { expect, test } from 'vitest'
import { checkPlan } from '../../src/check/check.ts'
import { RULES } from '../../src/check/rules/index.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanText } from '../../src/plan/read.ts'
import { proving, trialFor } from './trial.ts'

/** The results of one conversion. @param conversion the fields that matter @param top fields of the plan */
const resultsOf = (conversion: string, top = '') => proving(trialFor({ goal: conversion }, top))

const BASIC =
  'consent: { mode: basic, requires: [analytics_storage], updateEvent: agreed, defaults: { analytics_storage: denied } }'
const BASIC_WITHOUT_AN_EVENT = BASIC.replace('updateEvent: agreed, ', '')
const READ = 'event: read, trigger: { dataLayer: read }'

test.each([
  [
    'a click selector without what is inside',
    'event: buy, trigger: { click: { selector: "button.buy" } }',
    '',
    'goal/fires-on-what-is-inside',
    'click-selectors-include-descendants',
  ],
  [
    'a click on an id alone',
    'event: buy, trigger: { click: { id: buy } }',
    '',
    'goal/fires-on-what-is-inside',
    'click-selectors-include-descendants',
  ],
  [
    'an attribute that is read from what is inside',
    'event: buy, trigger: { click: { selector: "button.buy, button.buy *" } }, parameters: { plan_name: { click: data-plan } }',
    '',
    'goal/fires-on-what-is-inside',
    'clicks-are-read-from-what-was-meant',
  ],
  [
    'a pattern of a path in another script',
    'event: seen, trigger: { page: viewed, when: [{ path: { matches: "^/عروض" } }] }',
    '',
    'goal/fires',
    'patterns-of-addresses-are-ascii',
  ],
  [
    'an ecommerce object under a name of one’s own',
    'event: order_done, trigger: { dataLayer: order_done }, ecommerce: true',
    '',
    'goal/fires',
    'ecommerce-has-googles-names',
  ],
  [
    'a number that is written down',
    'event: read, trigger: { dataLayer: read }, parameters: { depth: 75 }',
    'parameters: { depth: { type: integer } }',
    'goal/fires',
    'numbers-arrive-as-numbers',
  ],
  ...[
    ['a number that a table gives', '{ lookup: { from: { dataLayer: k }, map: { a: 25, b: 75 } } }'],
    ['a number that stands in for a missing one', '{ dataLayer: n, default: 0 }'],
    ['a number that a format gives', '{ dataLayer: n, format: { undefined: 0 } }'],
  ].map(([what = '', source = '']) => [
    what,
    `event: read, trigger: { dataLayer: read }, parameters: { depth: ${source} }`,
    'parameters: { depth: { type: integer } }',
    'goal/fires',
    'numbers-arrive-as-numbers',
  ]),
  [
    'once a page, and consent in between',
    'event: read, trigger: { dataLayer: read }, fires: once_per_page',
    BASIC,
    'goal/fires-after-late-consent',
    'once-per-page-does-not-wait-for-consent',
  ],
  [
    'consent that is required and never asked for',
    'event: read, trigger: { dataLayer: read }, requires: [ad_storage]',
    BASIC,
    'goal/silent-without-a-consent-default',
    'required-consent-has-a-default',
  ],
  [
    'basic consent of which the plan names no default',
    READ,
    'consent: { mode: basic, updateEvent: agreed }',
    'goal/silent-without-a-consent-default',
    'required-consent-has-a-default',
  ],
  [
    'a timer of one route in an app',
    'event: read, trigger: { timer: { every: 30s, limit: 1 }, when: [{ path: { startsWith: /docs } }] }',
    'site: { hosts: [www.shop.example], singlePageApp: true }',
    'goal/fires-on-a-later-route',
    'timers-count-from-the-page-load',
  ],
  [
    'a group that is blocked when it is complete',
    'event: both, trigger: { all: [{ dataLayer: one }, { dataLayer: two }], unless: [{ dataLayer: { staff: { equals: yes } } }] }',
    '',
    'goal/fires-once-it-is-not-blocked',
    'groups-are-not-blocked',
  ],
  [
    'a page whose visitor agrees late, with nothing that tells the Google tag',
    READ,
    BASIC_WITHOUT_AN_EVENT,
    'google-tag/fires-after-late-consent',
    'late-consent-brings-the-google-tag-back',
  ],
])('%s is refuted, and names its lint', async (_, conversion, top, scenario, lint) => {
  const results = await resultsOf(conversion, top)
  const refuted = results.filter(({ outcome }) => outcome === 'refuted')
  expect(refuted.map((result) => [result.scenario, result.lint])).toContainEqual([scenario, lint])
  // And the check says it of this very plan.
  const { text } = trialFor({ goal: conversion }, top)
  const parsed = parsePlan(await readPlanText('plan.yaml', text))
  const { diagnostics } = checkPlan(parsed, { today: '2026-11-29', rules: RULES, profile: 'strict' })
  expect(diagnostics.map(({ code }) => code)).toContain(lint)
})

test('of what consent does not hold back for want of a default, that is said', async () => {
  const results = await resultsOf('event: read, trigger: { dataLayer: read }, requires: [ad_storage]', BASIC)
  const said = (id: string) => results.find(({ scenario }) => scenario === id)?.because
  expect(said('goal/silent-without-a-consent-default')).toEqual([
    'read was sent, and must not be: the page sets no consent default, and without one no tag waits for consent',
  ])
})

// What a plan's own variable compares is the empty text where there is no value, never the text `undefined`: nothing
// that holds for the one can be walked into, and what holds for the other is named.
test.each([
  ['.+', 'proven', undefined],
  ['^undef', 'proven', undefined],
  ['^[a-z]*$', 'refuted', 'missing-values-do-not-match'],
])(
  'a missing value is the empty text: with the pattern %s its silence is %s',
  async (pattern, outcome, lint) => {
    const results = await resultsOf(
      `event: read, trigger: { dataLayer: read, when: [{ dataLayer: { tier: { matches: "${pattern}" } } }] }`,
    )
    const silence = results.find(({ scenario }) => scenario === 'goal/silent-without-value-1')
    expect([silence?.outcome, silence?.lint]).toEqual([outcome, lint])
  },
)

test('where the consent tool loads the page anew, which the plan says by accepting the finding, late consent is not tried', async () => {
  const accepted =
    'ignore: [{ code: late-consent-brings-the-google-tag-back, reason: The banner loads the page anew., until: "2027-01-31" }]'
  const results = await resultsOf(READ, `${BASIC_WITHOUT_AN_EVENT}\n${accepted}`)
  const ofGoogleTag = results.filter(({ scenario }) => scenario.startsWith('google-tag/'))
  expect(ofGoogleTag.map(({ scenario, outcome }) => [scenario, outcome])).toEqual([
    ['google-tag/fires', 'proven'],
    ['google-tag/silent-without-consent', 'proven'],
  ])
})

test('an element that is not on the page is not sent as the text null', async () => {
  const results = await resultsOf(
    `${READ}, parameters: { plan_name: { element: { selector: "#plan" } }, tier: { dataLayer: tier } }`,
  )
  const withoutValues = results.find(({ scenario }) => scenario === 'goal/fires-without-values')
  expect(withoutValues?.expected).toMatchObject([{ parameters: { plan_name: null, tier: null } }])
  expect(withoutValues?.outcome).toBe('proven')
})

test('the same plans out of the traps are proven', async () => {
  const results = await resultsOf(
    'event: buy, trigger: { click: { selector: "button.buy, button.buy *" } }, parameters: { plan_name: gold }',
    BASIC,
  )
  expect(
    results.map(({ scenario, outcome }) => [scenario, outcome]).filter(([, outcome]) => outcome !== 'proven'),
  ).toEqual([])
})
