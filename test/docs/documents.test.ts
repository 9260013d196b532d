/** What documents say, without a browser. */
import { describe, expect, test } from 'vitest'
import { renderCalendar } from '../../src/docs/calendar.ts'
import { funnelMap } from '../../src/docs/funnel-map.ts'
import { renderContractMarkdown, renderMarkdown } from '../../src/docs/markdown.ts'
import { nextSteps } from '../../src/docs/next-steps.ts'
import { cardsOf, type Page } from '../../src/docs/page.ts'
import { pushCode } from '../../src/docs/push-code.ts'
import { idsOf, renderList, renderShown, shownUnder } from '../../src/docs/show-text.ts'
import { documentsOf, SHOP } from './plan.ts'

const COMMIT = { id: '429672b296', day: '2026-11-22', subject: 'Add the shop' }

test('the Markdown of a plan', async () => {
  const history = new Map([['/goals/purchase', { since: COMMIT, changed: COMMIT }]])
  const page = await documentsOf(SHOP, 'plans/shop.yaml', history)
  await expect(renderMarkdown(page)).toMatchFileSnapshot('golden/shop.md')
  await expect(renderContractMarkdown(page)).toMatchFileSnapshot('golden/shop-data-layer.md')
})

test('the same plan gives the same value', async () => {
  expect(await documentsOf(SHOP)).toEqual(await documentsOf(SHOP))
})

test('an event that GA4 makes of another is said to be the plan’s own, where it is', async () => {
  const byRule = SHOP.replace(
    /^goals:$/m,
    `goals:
  seen: { title: Prices seen, event: view_pricing, collectedBy: event_rule }`,
  )
  const rule = `property:
  derived: { view_pricing: { from: page_view, when: [{ parameter: page_location, contains: /pricing }] } }
goals:`
  const [byHand, own] = await Promise.all(
    [byRule, byRule.replace(/^goals:$/m, rule)].map((text) => documentsOf(text)),
  )
  const cardIn = (page: Page | undefined): object | undefined =>
    page && cardsOf(page).find(({ title }) => title === 'Prices seen')
  expect(cardIn(byHand)).toMatchObject({
    fires: 'An event rule, made by hand in GA4, makes it out of other events.',
  })
  expect(cardIn(own)).toMatchObject({
    fires: 'GA4 makes it out of “page_view”, by a rule that this plan sets up there.',
    exactly: 'event_name equals page_view and page_location contains /pricing',
  })
})

const MARKETS = `parameters:
  layout: { values: [old, new] }
experiments:
  short_form: { hypothesis: Less is more, parameter: layout, improves: quote, startsOn: '2026-12-01', guards: [purchase] }
  free_post: { title: Post is free, hypothesis: H, parameter: layout, improves: purchase, startsOn: '2026-12-01' }
markets:
  ae: { title: Emirates, default: true }
  kw: { title: Kuwait · الكويت, hosts: [kw.shop.example], targets: { purchase: { count: 90, per: month } } }
audiences:
  nearly: { title: Nearly, did: [search, newsletter], didNot: [purchase], keep: 30d }
goals:`

test('what the plan has beside its conversions names them by their titles', async () => {
  const page = await documentsOf(SHOP.replace(/^goals:$/m, MARKETS))
  expect(page.markets.map(({ title }) => title)).toEqual(['Emirates', 'Kuwait · الكويت'])
  expect(page.markets[1]?.facts).toContainEqual({
    name: 'Target',
    value: 'Completed purchase: 90 per month',
    part: { who: 'Completed purchase', words: '90 per month' },
  })
  expect(page.experiments.map(({ title }) => title)).toEqual(['Short form', 'Post is free'])
  const said = [...page.experiments, ...page.audiences].flatMap(({ facts }) => facts)
  const valuesOf = (name: string): readonly string[] =>
    said.filter((fact) => fact.name === name).map(({ value }) => value)
  expect(valuesOf('Improves')).toEqual(['Quote asked for', 'Completed purchase'])
  expect(valuesOf('Guards')).toEqual(['Completed purchase'])
  expect(valuesOf('Did')).toEqual(['Searched, Newsletter sign-up · النشرة'])
  expect(valuesOf('Kept for')).toEqual(['30 days'])
  expect(page.review.map(({ what }) => what)).toContain('Experiment “Short form” starts')
})

test('a touchpoint without a title is its id in words', async () => {
  const text = SHOP.replace(
    'event: newsletter_signup\n',
    'event: newsletter_signup\n        touchpoint: sign_up_page\n',
  )
  const card = cardsOf(await documentsOf(text)).find(({ id }) => id === 'newsletter')
  expect([card?.touchpoint, card?.touchpointId]).toEqual(['Sign up page', 'sign_up_page'])
})

test('a market is chosen by what is collected there, and a card says its own target there', async () => {
  const only = (trigger: string): string =>
    SHOP.replace(/^goals:$/m, MARKETS).replace('trigger: { dataLayer: search }', `trigger: ${trigger}`)
  const marketsOf = async (text: string): Promise<readonly string[] | undefined> =>
    cardsOf(await documentsOf(text)).find(({ id }) => id === 'search')?.markets
  const everywhere = cardsOf(await documentsOf(SHOP.replace(/^goals:$/m, MARKETS)))
  expect(everywhere.map(({ markets }) => markets)).toEqual(everywhere.map(() => ['ae', 'kw']))
  expect(everywhere[0]?.facts).toContainEqual({
    name: 'Target',
    value: 'Kuwait · الكويت: 90 per month',
    part: { who: 'Kuwait · الكويت', words: '90 per month', market: 'kw' },
  })
  const host = (test: string): string => `{ dataLayer: search, when: [{ host: ${test} }] }`
  expect(await marketsOf(only(host('{ equals: kw.shop.example }')))).toEqual(['kw'])
  expect(await marketsOf(only(host('{ equals: www.shop.example }')))).toEqual(['ae'])
  expect(await marketsOf(only(host('{ startsWith: kw., negate: true }')))).toEqual(['ae'])
  expect(await marketsOf(only(host('{ matches: ^kw }')))).toEqual(['ae', 'kw'])
  const unless = '{ dataLayer: search, unless: [{ host: { endsWith: kw.shop.example } }] }'
  expect(await marketsOf(only(unless))).toEqual(['ae'])
  const either = `{ any: [${host('{ equals: kw.shop.example }')}, { click: { id: a }, when: [{ host: { equals: a.example } }] }] }`
  expect(await marketsOf(only(either))).toEqual(['ae', 'kw'])
  const paths = only('{ dataLayer: search, when: [{ path: { startsWith: /kw/find } }] }')
    .replace('hosts: [kw.shop.example]', 'when: [{ path: { startsWith: /kw/ } }]')
    .replace('Emirates, default: true', 'Emirates, when: [{ path: { startsWith: /ae/ } }]')
  expect(await marketsOf(paths)).toEqual(['kw'])
})

test('what the plan states of GA4, and what each destination gets, have their sections and can be shown', async () => {
  const page = await documentsOf(
    SHOP.replace(
      /^goals:$/m,
      `property:
  retention: { events: 14 months, users: 2 months, resetOnActivity: false }
  secrets: [Order service]
  annotate: releases
destinations:
  pixel: { kind: meta, id: '1234567890', sends: goals }
  ads: { kind: googleAds, id: AW-123456789 }
goals:`,
    ),
  )
  expect(page.settings.map(({ id, key, title }) => [id, key, title])).toEqual([
    ['ga4-property-secrets-0', 'Order service', 'Measurement Protocol secret · Order service'],
    ['ga4-property-retention', 'retention', 'Data retention'],
    ['ga4-property-annotate', 'annotate', 'Notes in the reports'],
  ])
  expect(page.settings[1]?.facts).toContainEqual({ name: 'Visitors are kept', value: 'two months' })
  const [pixel, ads] = page.destinations
  expect(pixel?.title).toBe('Meta (pixel)')
  expect(pixel?.sentences?.some((sentence) => /goes to Meta as Purchase, with value/.test(sentence))).toBe(
    true,
  )
  expect(ads?.sentences).toEqual([expect.stringMatching(/^Google Ads \(ads\) is loaded on every page/)])
  expect(shownUnder(page, 'property').map(({ kind }) => kind)).toEqual(['setting', 'setting', 'setting'])
  expect(shownUnder(page, 'retention')).toMatchObject([{ kind: 'setting' }])
  expect(shownUnder(page, 'pixel')).toMatchObject([{ kind: 'destination', value: { key: 'pixel' } }])
  expect(idsOf(page)).toEqual(expect.arrayContaining(['property', 'Order service', 'ads']))
  // A conversion says where it goes, also where the destination asked for every goal.
  const [shown] = shownUnder(page, 'purchase')
  expect(shown && renderShown(shown, (text) => text)).toContain('goes to Meta as Purchase, with value')
  expect(renderMarkdown(page)).toMatch(
    /## Settings of GA4[^]*## Where else it goes[^]*- Meta \(pixel\) is loaded/,
  )
})

describe('what to improve next', () => {
  const easy = { id: 'easy', title: 'Easy', expectedLift: '10%', value: 5, effort: 1 }

  test('expected lift x value / effort, the best first, with the arithmetic', () => {
    const { rows } = nextSteps([{ ...easy, id: 'hard', effort: 5 }, easy], 'EUR')
    expect(rows.map(({ id, arithmetic }) => `${id}: ${arithmetic}`)).toEqual([
      'easy: 10% × 5 EUR ÷ 1 = 0.5',
      'hard: 10% × 5 EUR ÷ 5 = 0.1',
    ])
  })

  test('what is missing is said, never guessed', () => {
    const { rows, unranked } = nextSteps([{ id: 'a', title: 'A', effort: 2 }], undefined)
    expect(rows).toEqual([])
    expect(unranked).toEqual([{ id: 'a', title: 'A', missing: 'expected lift, value or weight' }])
  })
})

describe('the calendar', () => {
  const page = {
    plan: 'lamps',
    title: 'متجر المصابيح; lamps, shades and all that one needs for a dark evening\nat home',
    review: [
      { id: 'plan', what: 'Renew the plan', every: 'quarterly' },
      { id: 'target-purchase', what: 'Target is due', on: '2027-03-31' },
    ],
  } as const
  const text = renderCalendar(page)

  test('has a rule for what comes again, and a day for what does not', () => {
    expect(text).toContain('RRULE:FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO\r\n')
    expect(text).toContain('DTSTART;VALUE=DATE:20270331\r\n')
  })

  test('folds at 75 octets and never within a letter, and escapes what has a meaning', () => {
    const lines = text.split('\r\n')
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([])
    const unfolded = text.replaceAll('\r\n ', '')
    expect(unfolded).toContain('SUMMARY:متجر المصابيح\\; lamps\\, shades and all')
    expect(unfolded).toContain('dark evening\\nat home: Renew the plan')
    expect(text).not.toContain('\ufffd')
  })
})

test('a push with an ecommerce object resets it first, and no text of it ends a script', () => {
  const code = pushCode({
    ecommerce: true,
    example: { event: '</script>', ecommerce: { value: 1 }, 'a-b': 2 },
  })
  expect(code.split('\n')).toEqual([
    'window.dataLayer = window.dataLayer || [];',
    'dataLayer.push({ ecommerce: null });',
    'dataLayer.push({ event: "\\u003c/script>", ecommerce: { value: 1 }, "a-b": 2 });',
  ])
})

test('in a list a day that does not fit gives way, the number stays', async () => {
  const page = await documentsOf(SHOP)
  const [goal] = page.goals
  if (goal === undefined) throw new Error('no goal')
  const listed = (id: string): string => {
    const facts = [{ name: 'Target', value: '1200 per month by 2027-03-31', field: 'target' }]
    return renderList(
      { ...page, goals: [{ ...goal, id, facts, owner: 'merchandising@shop.example' }], stages: [] },
      String,
    )
  }
  expect(listed('a')).toContain('1200 per month by 2027-03-31')
  expect(listed('a_goal_with_a_long_id')).toContain('1200 per month  ')
})

test('an address that is copied out of the Markdown is the address, and a name is no mention', async () => {
  const page = await documentsOf(SHOP.replace('title: Completed purchase', 'title: "@octocat asks"'))
  const markdown = renderMarkdown(page)
  expect(markdown).toContain('Owner: growth@lamps.example\n')
  expect(markdown).toContain('&#64;&#8203;octocat')
})

test('a title that is too long for the line goes on in the next', async () => {
  const page = await documentsOf(SHOP)
  const [card] = cardsOf(page)
  if (card === undefined) throw new Error('The shop has no card.')
  const value = { ...card, title: 'Ordered and paid '.repeat(8).trim() }
  const lines = renderShown({ kind: 'conversion', value }, (text) => text).split('\n')
  expect(lines.slice(0, 2).join(' ')).toContain(value.title)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
})

test('what GA4 is told of the visitor stands among what leaves the site, with its consent', async () => {
  const page = await documentsOf(
    SHOP.replace(/^goals:$/m, 'userData:\n  shopper: { email: { dataLayer: user.email } }\ngoals:').replace(
      'event: purchase',
      'event: purchase\n    userData: shopper',
    ),
  )
  expect(page.destinations.map(({ key, sentences }) => [key, sentences])).toEqual([
    [
      'ga4',
      [
        expect.stringMatching(
          /^The visitor's e-mail address goes to GA4 with .*whatever the visitor has chosen\.$/,
        ),
      ],
    ],
  ])
  expect(cardsOf(page)[0]?.facts).toContainEqual(
    expect.objectContaining({ name: 'User-provided data', value: 'shopper' }),
  )
})

test('what is shared by conversions, and what GA4 registers, stands on the card of each that has it', async () => {
  const text = SHOP.replace(
    'results_count: { type: integer,',
    'results_count: { type: integer, register: metric, unit: standard,',
  )
    .replace('form_location: { type: string,', 'form_location: { type: string, register: event,')
    .replace(
      'form_location: { dataLayer: form_location } }',
      'form_location: { dataLayer: form_location }, results_count: { dataLayer: search.results } }',
    )
  const page = await documentsOf(text)
  const heldFor = (id: string): readonly string[] =>
    cardsOf(page)
      .find((card) => card.id === id)
      ?.google.map(({ kind, name }) => `${kind} ${name}`) ?? []
  expect(heldFor('search')).toEqual(
    expect.arrayContaining(['variable DLV - search.results', 'custom metric Results count']),
  )
  expect(heldFor('newsletter')).toEqual(
    expect.arrayContaining([
      ...['variable DLV - form_location', 'variable DLV - search.results'],
      ...['custom dimension Form location', 'custom metric Results count'],
    ]),
  )
  expect(renderShown(shownUnder(page, 'search')[0]!, String)).toMatch(
    /results_count +data layer key search\.results · integer · for\s+example 12/,
  )
})

describe('the funnel as a picture', () => {
  const node = { weight: 0.1, note: 'x', feeds: ['sale', 'renewal'] }
  const goal = { note: 'x', feeds: [] }
  const drawn = (title: string, direction: 'ltr' | 'rtl' = 'ltr'): string =>
    funnelMap(
      {
        stages: [{ title: 'One', micros: [{ ...node, id: 'one', title, source: 'crm' }] }],
        goals: [
          { ...goal, id: 'sale', title: 'Sale', source: 'ga4' },
          { ...goal, id: 'renewal', title: 'Renewal', source: 'server' },
        ],
      },
      direction,
    ).html
  const linesOf = (title: string): readonly string[] =>
    [
      ...drawn(title)
        .split('href="#one"')[1]!
        .split('</a>')[0]!
        .matchAll(/<text[^>]*>([^<]*)/g),
    ].map(([, line = '']) => line.replaceAll(/[\u200e\u200f]/g, ''))

  test('each box and each line is of the colour of what is measured where, as the legend has it', () => {
    const colours = [...drawn('Call').matchAll(/class="map-(line|stripe)"[^>]*var\((--[a-z0-9-]+)\)/g)]
    expect(colours.map(([, what, colour]) => `${what} ${colour}`)).toEqual([
      ...['line --by-crm', 'line --by-crm', 'stripe --by-crm', 'stripe --by-ga4', 'stripe --by-server'],
    ])
  })

  test.each([
    ['訂閱電子報・ニュースレター登録ページ', ['訂閱電子報・ニュースレター', '登録ページ']],
    ['สมัครรับจดหมายข่าวของร้านค้า', undefined],
    ['Donaudampfschifffahrtsgesellschaft beigetreten', undefined],
    ['Category opened from the menu', ['Category opened from the', 'menu']],
    [
      'One word after another until nobody reads on to the end',
      ['One word after another', 'until nobody reads on to…'],
    ],
  ])('nothing of %s is cut out of its middle, and no line runs out of the box', (title, lines) => {
    const said = linesOf(title)
    if (lines !== undefined) expect(said).toEqual(lines)
    expect(said).toHaveLength(2)
    if (!said[1]!.endsWith('…')) expect(said.join('').replaceAll(' ', '')).toBe(title.replaceAll(' ', ''))
    for (const line of said) expect(line.length).toBeLessThanOrEqual(27)
  })
})
