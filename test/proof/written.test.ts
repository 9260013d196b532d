/** Scenarios by hand: what is read, and where a mistake stands. */
import { expect, test } from 'vitest'
import { parseWritten } from '../../src/proof/written.ts'
import { placeOf } from '../../src/proof/report.ts'

const OF = {
  plan: 'shop',
  conversions: [
    { id: 'purchase', title: 'Purchase', event: 'purchase', tag: '1' },
    { id: 'signup', title: 'Sign-up', event: 'sign_up', tag: '2' },
  ],
  origin: 'https://www.shop.example',
}

const read = (text: string) => parseWritten({ file: 'tests/site.yaml', text }, OF)

/** One scenario that is right but for these lines, which begin in line 3. */
const mistakesIn = (lines: string) =>
  read(`scenarios:\n  one:\n${lines}`).mistakes.map((mistake) => `${placeOf(mistake)} ${mistake.text}`)

test.each([
  ['steps: [{ click: a }]\n    expectNone: [purchase]', '3:12 the first step must be a visit'],
  ['steps: [{ visit: / }, { clik: a }]', '3:29 step 2: "clik" is no step; did you mean "click"?'],
  ['steps: [{ visit: / }, { zzz: a }]', '3:29 step 2: "zzz" is no step; there are visit, click'],
  ['steps: [{ visit: / }, { wait: 3 }]', '3:35 step 2 must be a text'],
  ['steps: [{ visit: / }, { wait: 3 hours }]', '3:35 step 2: a duration is written'],
  ['steps: [{ visit: / }, { scroll: 140% }]', '3:37 step 2: a page is scrolled to 0% to 100%'],
  ['steps: [{ visit: / }]\n    expect: [purchase]', '4:13 expect is a map of ids'],
  ['steps: [{ visit: / }, { type: { into: a } }]', '3:35 step 2, text must be a text'],
  ['steps: [{ visit: / }, { consent: grantd }]', '3:38 step 2: consent is granted, denied or a map'],
  [
    'steps: [{ visit: / }]\n    expects: {}',
    '4:5 "expects" is no field of a scenario; did you mean "expect"?',
  ],
  [
    'steps: [{ visit: / }]\n    expect: { purchse: {} }',
    '4:15 the plan shop has no conversion "purchse" that a tag collects; did you mean "purchase"?',
  ],
  ['steps: [{ visit: / }]\n    expect: { purchase: { value: [1] } }', '4:34 expect, purchase: value must be'],
  ['steps: [{ visit: / }]\n    expectNone: [purchase, who]', '4:28 the plan shop has no conversion "who"'],
  [
    'steps: [{ visit: / }]\n    expect: { purchase: {} }\n    expectNone: [signup, purchase]',
    '5:26 "purchase" stands in expect, too',
  ],
  ['steps: [{ visit: / }]\n    expectNoOther: yes please', '4:20 expectNoOther must be true or false'],
  ['steps: [{ visit: / }]', '3:5 one expects nothing'],
])('a mistake in %j is said where it stands', (lines, said) => {
  expect(mistakesIn(`    ${lines}\n`)).toEqual([expect.stringContaining(`tests/site.yaml:${said}`)])
})

test('what is no YAML, and what holds no scenarios, is said with its place', () => {
  expect(read('scenarios:\n  one: [\n').mistakes).toMatchObject([{ line: 2, column: 8 }])
  expect(read('steps: []').mistakes).toMatchObject([{ line: 1, column: 1 }])
  expect(read('').mistakes).toHaveLength(1)
})

test('a mistake costs only its own scenario', () => {
  const { scenarios, mistakes } = read(`plan: shop
scenarios:
  wrong: { steps: [{ visit: / }], expect: { nobody: {} } }
  right: { title: Buys, steps: [{ visit: /buy }, { scroll: 75% }], expect: { purchase: { value: 3, coupon: null } } }
`)
  expect(mistakes).toHaveLength(1)
  expect(scenarios).toMatchObject([
    {
      id: 'site/right',
      title: 'Buys',
      page: { url: 'https://www.shop.example/buy' },
      steps: [{ do: 'scroll', percent: 75 }],
      expect: [{ conversion: 'purchase', event: 'purchase', parameters: { value: 3, coupon: null } }],
    },
  ])
})

test('a name that stands twice, or an alias without its anchor, is said as in a plan and costs its own scenario', () => {
  const { scenarios, mistakes } = read(`scenarios:
  first: { steps: [{ visit: / }], expectNone: [purchase] }
  twice:
    steps: [{ visit: / }]
    expect: { purchase: {} }
    expect: { signup: {} }
  deep: { steps: [{ visit: / }, { push: { event: a, event: b } }], expectNone: [purchase] }
  alias: { steps: *nowhere, expectNone: [purchase] }
  first: { steps: [{ visit: /buy }], expect: { purchase: {} } }
  anchor: { steps: &visit [{ visit: / }], expectNone: [purchase] }
  last: { steps: *visit, expect: { signup: {} } }
`)
  expect(mistakes.map((mistake) => `${placeOf(mistake)} ${mistake.text}`)).toEqual([
    'tests/site.yaml:6:5 "expect" stands here twice: first on line 5; remove one of the two, or give one of them another id',
    expect.stringContaining('tests/site.yaml:7:53 "event" stands here twice: first on line 7'),
    expect.stringContaining('tests/site.yaml:8:19 There is no anchor "&nowhere" above this alias'),
    expect.stringContaining('tests/site.yaml:9:3 "first" stands here twice: first on line 2'),
  ])
  expect(scenarios).toMatchObject([
    { id: 'site/first', expectNone: ['purchase'] },
    { id: 'site/anchor' },
    { id: 'site/last', expect: [{ conversion: 'signup' }] },
  ])
})

test('a file about a plan that stands beside is noted; about one that is nowhere, it is a mistake', () => {
  const of = { ...OF, plans: ['shop', 'other'] }
  const text = (plan: string) =>
    parseWritten({ file: 'tests/site.yaml', text: `plan: ${plan}\nscenarios: 5` }, of)
  expect(text('other')).toEqual({
    scenarios: [],
    mistakes: [],
    notes: ['tests/site.yaml is about the plan other; it was passed over.'],
  })
  expect(text('shopp').mistakes).toEqual([
    { file: 'tests/site.yaml', line: 1, column: 7, text: expect.stringContaining('did you mean "shop"?') },
  ])
})

test('a parameter that the plan never sends is a mistake; what must be absent only where a name is near', () => {
  const of = { ...OF, parameters: ['form_location', 'value'] }
  const mistakes = (parameters: string) =>
    parseWritten(
      {
        file: 'tests/site.yaml',
        text: `scenarios:\n  one: { steps: [{ visit: / }], expect: { purchase: { ${parameters} } } }`,
      },
      of,
    ).mistakes.map((each) => `${placeOf(each)} ${each.text}`)
  expect(mistakes('form_locatoin: hero')).toEqual([
    'tests/site.yaml:2:55 expect, purchase: the plan sends no parameter "form_locatoin"; did you mean "form_location"?',
  ])
  expect(mistakes('form_locatoin: null')).toHaveLength(1)
  expect(mistakes('email_address: null, value: 3')).toEqual([])
})

test('a parameter that the conversion’s own tag cannot send is a mistake, however far its name is', () => {
  const mistakes = (parameters: string) =>
    parseWritten(
      {
        file: 'tests/site.yaml',
        text: `scenarios:\n  one: { steps: [{ visit: / }], expect: { signup: { ${parameters} }, purchase: { tax: 3 } } }`,
      },
      {
        ...OF,
        parameters: ['form_location', 'value'],
        sends: ({ id }) => (id === 'signup' ? ['form_location'] : undefined),
      },
    ).mistakes.map((each) => `${placeOf(each)} ${each.text}`)
  expect(mistakes('colour: red')).toEqual([
    'tests/site.yaml:2:53 expect, signup: sign_up carries no parameter "colour"; it carries form_location',
  ])
  expect(mistakes('value: 3')).toHaveLength(1)
  expect(mistakes('form_location: hero, colour: null')).toEqual([])
})
