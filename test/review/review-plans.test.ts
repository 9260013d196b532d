import fc from 'fast-check'
import { parse, stringify } from 'yaml'
import { describe, expect, test } from 'vitest'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'
import { countsOf } from '../../src/render/review-words.ts'
import { sideOf } from '../../src/review/side.ts'
import { reviewPlans } from '../../src/review/review-plans.ts'
import { changeOf, edited, onlyPlan, reviewOf, reviewOfEdit, SHOP, side } from './sides.ts'

const MICRO = `
      gift_card_viewed:
        title: Gift card viewed
        touchpoint: product_page
        event: gift_card_view
        trigger: { page: viewed, when: [{ path: { equals: /gift-card } }] }
        feeds: [purchase]
        owner: gifts@harbour.example
        target: { rate: 2%, of: sessions }
        weight: 0.01
        keyEvent: true
`

test('a market is told by its pages, its money and its targets, and those of parts by whose they are', async () => {
  const parts =
    'targets: [{ device: mobile, rate: 7%, of: sessions }, { market: kw, rate: 5%, of: sessions }]'
  const before = edited(
    SHOP,
    [
      /^goals:$/m,
      `markets:
  kw: { title: Kuwait · الكويت, hosts: [kw.harbour.example], currency: AED, targets: { purchase: { count: 140, per: month } } }
goals:`,
    ],
    [/^( +)target: \{ rate: 8%, of: sessions \}$/m, `$&\n$1${parts}`],
  )
  const review = await reviewOf(
    before,
    edited(
      before,
      [/hosts: \[kw\.harbour\.example\]/, 'when: [{ path: { startsWith: [/kw/, /q8/] } }]'],
      [/purchase: \{ count: 140, per: month/, 'purchase: { count: 150, per: month'],
      [/market: kw, rate: 5%/, 'market: kw, rate: 6%'],
    ),
  )
  const kuwait = changeOf(review, 'kw')
  expect(kuwait).toMatchObject({ action: 'changed', subject: 'market', title: 'Kuwait · الكويت' })
  expect(kuwait.fields).toEqual([
    { label: 'When', after: 'on paths from /kw/ or /q8/' },
    {
      label: 'Targets',
      before: 'purchase 140 per month',
      after: 'purchase 150 per month',
    },
    { label: 'Hosts', before: 'kw.harbour.example' },
  ])
  expect(changeOf(review, 'newsletter_signup').fields).toEqual([
    {
      label: 'Targets by part',
      before: 'mobile: 7% of sessions; kw: 5% of sessions',
      after: 'mobile: 7% of sessions; kw: 6% of sessions',
    },
  ])
})

describe('goals and micro conversions', () => {
  test('a new one is told with its event, trigger in words, owner, target, weight', async () => {
    const review = await reviewOf(
      edited(SHOP, [/ {6}campaign_click:[\s\S]*?(?=\n {6}category_opened)/, '']),
      edited(SHOP, [/ {6}campaign_click:[\s\S]*?(?=\n {6}category_opened)/, MICRO]),
    )
    const change = changeOf(review, 'gift_card_viewed')
    expect(change).toMatchObject({
      action: 'added',
      subject: 'micro conversion',
      stage: 'Awareness',
      title: 'Gift card viewed',
    })
    expect(change.fields).toEqual([
      { label: 'Event', after: 'gift_card_view' },
      { label: 'Trigger', after: 'page viewed on /gift-card' },
      { label: 'Key event', after: 'yes' },
      { label: 'Feeds', after: 'purchase' },
      { label: 'Target', after: '2% of sessions' },
      { label: 'Weight', after: '0.01 (1.8 AED)' },
      { label: 'Owner', after: 'gifts@harbour.example' },
    ])
    expect(change.location).toMatchObject({ file: 'plans/outfitters.yaml', column: 7 })
    expect(onlyPlan(review).effects).toMatchObject([
      {
        environments: ['staging', 'production'],
        consequences: [
          { irreversible: false, text: expect.stringContaining('not for the time before') as string },
        ],
      },
    ])
    expect(review.summary.resources).toEqual({ create: 3, update: 0, rename: 0, delete: 0 })
  })

  test('a change is told field by field, before and after, with the place in the file', async () => {
    const review = await reviewOfEdit(
      ['target: { rate: 8%, of: sessions }', 'target: { rate: 10%, of: sessions }'],
      ['keyEvent: true\n        effort: 2', 'effort: 3'],
    )
    expect(changeOf(review, 'newsletter_signup')).toMatchObject({
      action: 'changed',
      fields: [
        { label: 'Target', before: '8% of sessions', after: '10% of sessions' },
        { label: 'Effort', before: '2', after: '3' },
        { label: 'Key event', before: 'yes' },
      ],
      location: { line: SHOP.split('\n').indexOf('      newsletter_signup:') + 1 },
    })
  })

  test('with `was` an id is renamed, and nothing is made anew at Google', async () => {
    const review = await reviewOfEdit([
      '      newsletter_signup:\n',
      '      letter:\n        was: newsletter_signup\n',
    ])
    expect(changeOf(review, 'letter')).toMatchObject({
      action: 'changed',
      previousId: 'newsletter_signup',
      fields: [],
    })
    expect(review.summary.resources).toMatchObject({ create: 0, delete: 0 })
    expect(onlyPlan(review).effects[0]?.changes).toContainEqual(
      expect.objectContaining({
        action: 'rename',
        kind: 'gtm/trigger',
        name: 'Form - letter',
        previousName: 'Form - newsletter_signup',
      }),
    )
  })

  test('without `was` the reviewer is told what it costs', async () => {
    const review = await reviewOfEdit(['      newsletter_signup:\n', '      letter:\n'])
    expect(changeOf(review, 'letter')).toMatchObject({
      action: 'added',
      hint: expect.stringContaining('was: newsletter_signup') as string,
    })
    expect(changeOf(review, 'newsletter_signup')).toMatchObject({ action: 'removed' })
    expect(review.verdict.level).toBe('deletes')
  })

  test('a move to another stage is a move, not a loss', async () => {
    const block = /\n {6}site_search:[\s\S]*?(?=\n {6}article_read)/.exec(SHOP)?.[0] ?? ''
    const moved = edited(
      SHOP,
      [block, ''],
      ['      product_view:', `${block.slice(1).trimEnd()}\n\n      product_view:`],
    )
    const review = await reviewOf(SHOP, moved)
    expect(onlyPlan(review).changes).toMatchObject([
      { id: 'site_search', action: 'changed', stage: 'Consideration', movedFrom: 'Awareness', fields: [] },
    ])
  })

  test('another event name is a new event to GA4', async () => {
    const review = await reviewOfEdit([/event: newsletter_signup #.*/, 'event: letter_signup'])
    expect(changeOf(review, 'newsletter_signup').hint).toContain('letter_signup is a new event')
    expect(onlyPlan(review).effects[0]?.consequences.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^New key event letter_signup: /),
      expect.stringMatching(/^No longer key event newsletter_signup: /),
    ])
  })
})

describe('stages, parameters, settings, environments', () => {
  test('a stage that gets another id and title', async () => {
    const review = await reviewOfEdit([
      '  awareness:\n    title: Awareness',
      '  discovery:\n    was: awareness\n    title: Discovery',
    ])
    expect(onlyPlan(review).changes).toMatchObject([
      {
        subject: 'stage',
        id: 'discovery',
        previousId: 'awareness',
        fields: [{ label: 'Title', before: 'Awareness', after: 'Discovery' }],
      },
    ])
    expect(review.summary.resources).toMatchObject({ create: 0, delete: 0 })
  })

  test('the order of the stages is the funnel', async () => {
    const document = parse(SHOP) as { stages: Record<string, unknown> }
    const [first = '', ...rest] = Object.keys(document.stages)
    const turned = [...rest, first].map((id) => [id, document.stages[id]] as const)
    const review = await reviewOf(
      stringify(document),
      stringify({ ...document, stages: Object.fromEntries(turned) }),
    )
    expect(onlyPlan(review).changes).toMatchObject([
      {
        title: 'The funnel',
        fields: [
          {
            before: expect.stringMatching(/^Awareness → /) as string,
            after: expect.stringMatching(/ → Awareness$/) as string,
          },
        ],
      },
    ])
  })

  test('settings are called as the schema calls them', async () => {
    const review = await reviewOfEdit(
      ['mode: advanced', 'mode: basic'],
      ['outboundClicks: true', 'outboundClicks: false'],
      ['attributionWindow: 30d', 'attributionWindow: 60d'],
      ['hosts: [www.harbour.example]', 'hosts: [www.harbour.example, shop.harbour.example]'],
    )
    expect(onlyPlan(review).changes).toMatchObject([
      {
        subject: 'plan',
        fields: [
          { label: 'Attribution window', before: '30d', after: '60d' },
          {
            label: 'Site: Hosts',
            before: 'www.harbour.example',
            after: 'www.harbour.example, shop.harbour.example',
          },
          { label: 'Enhanced measurement: Outbound clicks', before: 'yes', after: 'no' },
          { label: 'Consent: Mode', before: 'advanced', after: 'basic' },
        ],
      },
    ])
  })

  test('findings that the plan begins to accept are not hidden', async () => {
    const review = await reviewOfEdit([
      'googleTag: managed',
      'googleTag: managed\nignore: [{ code: weights-have-evidence, at: size_guide_read, reason: Being measured, until: "2027-01-31" }]',
    ])
    expect(changeOf(review, 'outfitters').fields).toEqual([
      {
        label: 'Accepted finding weights-have-evidence at size_guide_read',
        after: 'until 2027-01-31: Being measured',
      },
    ])
    expect(review.verdict.level).toBe('words-only')
  })

  test('a parameter’s new name is a new dimension, and the old one is gone for good', async () => {
    const review = await reviewOfEdit(
      ['  form_location:\n    type', '  form_place:\n    was: form_location\n    type'],
      ['          form_location:\n', '          form_place:\n'],
    )
    expect(review.verdict.level).toBe('irreversible')
    expect(review.verdict.headline).toContain('One of them cannot be undone')
    expect(changeOf(review, 'form_place')).toMatchObject({
      subject: 'parameter',
      previousId: 'form_location',
    })
    expect(changeOf(review, 'newsletter_signup').fields).toEqual([
      { label: 'Name', before: 'Parameter form_location', after: 'Parameter form_place' },
    ])
    expect(onlyPlan(review).effects[0]?.consequences).toEqual([
      {
        irreversible: true,
        dangerous: true,
        text: expect.stringMatching(/^From form_location .* to form_place .* starts empty/) as string,
      },
    ])
    expect(onlyPlan(review).findings).toEqual([])
  })

  test('another scope is a new dimension under the same name', async () => {
    const review = await reviewOfEdit([/( {2}coupon_status:[\s\S]*?register: )event/, '$1user'])
    const [effect] = onlyPlan(review).effects
    expect(effect?.consequences).toMatchObject([
      { irreversible: true, text: expect.stringContaining('user-scoped') as string },
    ])
    expect(effect?.limits).toContainEqual({
      what: 'user-scoped custom dimensions',
      limit: 25,
      before: 0,
      after: 1,
    })
    expect(effect?.limits).toContainEqual({
      what: 'event-scoped custom dimensions',
      limit: 50,
      before: 5,
      after: 4,
    })
  })

  test('an environment with a change of its own is told apart', async () => {
    const review = await reviewOfEdit(['container: GTM-STAGE01', 'container: GTM-STAGE02'])
    expect(onlyPlan(review).effects).toMatchObject([
      {
        environments: ['staging'],
        consequences: [{ text: expect.stringContaining('what was made in GTM-STAGE01 stays') as string }],
      },
    ])
    expect(
      onlyPlan(review).effects[0]?.changes.every(
        ({ action, kind }) => action === 'create' && kind.startsWith('gtm/'),
      ),
    ).toBe(true)
  })

  test('an environment that is dropped is left alone, not emptied', async () => {
    const review = await reviewOfEdit([/ {2}staging:[\s\S]*?(?= {2}production:)/, ''])
    expect(onlyPlan(review).effects).toMatchObject([{ environments: ['staging'], changes: [] }])
    expect(review.summary.resources.delete).toBe(0)
  })

  test('another id of the plan makes everything anew', async () => {
    const review = await reviewOfEdit([/^plan: outfitters.*$/m, 'plan: sailing'])
    expect(review.summary.resources).toMatchObject({ update: 0, delete: 0 })
    expect(onlyPlan(review).effects[0]?.consequences[0]?.text).toContain('what outfitters made stays')
  })
})

describe('plans that come, go or are wrong', () => {
  test('a new plan', async () => {
    const review = await reviewOf(undefined, SHOP)
    expect(onlyPlan(review)).toMatchObject({
      status: 'added',
      changes: [{ action: 'added', subject: 'plan' }],
    })
    expect(review.summary.resources.delete).toBe(0)
    expect(review.summary.resources.create).toBeGreaterThan(50)
  })

  test('a plan that is deleted', async () => {
    const review = await reviewOf(SHOP, undefined)
    expect(onlyPlan(review)).toMatchObject({
      status: 'removed',
      effects: [],
      notes: ['The plan is gone: what it made at Google stays there and is no longer managed.'],
    })
  })

  test('a plan with errors shows them, and what it says besides', async () => {
    const review = await reviewOfEdit(['feeds: [purchase]', 'feeds: [purchse]'], ['value: 180', 'value: 200'])
    expect(review.verdict).toEqual({
      level: 'invalid',
      headline: '1 error in plans/outfitters.yaml: not ready to merge.',
    })
    expect(onlyPlan(review)).toMatchObject({ errors: 1, effects: [], effectsKnown: false })
    expect(changeOf(review, 'purchase').fields).toEqual([
      { label: 'Value', before: '180 AED', after: '200 AED' },
    ])
  })

  test('a base with errors does not keep the plan from being reviewed', async () => {
    const review = await reviewOf(edited(SHOP, ['feeds: [purchase]', 'feeds: [purchse]']), SHOP)
    expect(review.verdict.headline).toContain('cannot be compared')
    expect(onlyPlan(review).changes).toMatchObject([
      { fields: [{ label: 'Feeds', before: 'purchse', after: 'purchase' }] },
    ])
    expect(onlyPlan(review).notes).toEqual([expect.stringContaining('At main the plan had errors')])
  })

  test('a file that cannot be read keeps its name', async () => {
    const problem = {
      code: 'unreadable-file',
      message: 'It is not UTF-8.',
      fix: 'save it as UTF-8.',
    } as const
    const source = await readPlanWith('plans/outfitters.yaml', () => Promise.resolve({ problem }))
    const after = sideOf(parsePlan(source), { today: '2026-11-22', env: {}, templates: new Map() })
    const review = reviewPlans([{ before: await side(SHOP), after }], 'main')
    expect(review.verdict.headline).toBe('1 error in plans/outfitters.yaml: not ready to merge.')
    expect(onlyPlan(review)).not.toHaveProperty('previousFile')
  })

  test('what changes in notes alone is left by apply', async () => {
    const review = await reviewOfEdit(['owner: merchandising@', 'owner: buyers@'])
    expect(review.verdict.headline).toBe(
      '1 change in the plan; only notes change in GTM, which apply writes with the next change or with --words.',
    )
    expect(onlyPlan(review).effects.map(countsOf)).toEqual([
      expect.stringMatching(
        /^(\d+) updated \(\1 in nothing but their notes: with the next change, or with --words\)$/,
      ),
    ])
  })

  test('beside a real change they go along', async () => {
    const review = await reviewOfEdit(
      ['owner: merchandising@', 'owner: buyers@'],
      ['event: newsletter_signup', 'event: joined'],
    )
    expect(review.verdict.headline).toMatch(/applying it/)
    for (const effect of onlyPlan(review).effects) expect(countsOf(effect)).not.toContain('--words')
  })

  test('a file that is no plan at all', async () => {
    const review = await reviewOf(SHOP, 'goals: [')
    expect(review.verdict.level).toBe('invalid')
    expect(onlyPlan(review).changes).toEqual([])
  })

  test('only findings that were not there before are told', async () => {
    const known = edited(SHOP, [', default: en }', ' }'])
    const more = edited(known, ['weight: 0.04\n        evidence', 'weight: 0.04\n        # evidence'])
    expect((await reviewOf(known, known)).plans).toEqual([])
    const codes = onlyPlan(await reviewOf(known, more)).findings.map(({ code }) => code)
    expect(codes).toEqual(['weights-have-evidence'])
  })
})

describe('laws', () => {
  test('a plan does not differ from itself, however its keys are ordered', async () => {
    const document = parse(SHOP) as object
    expect((await reviewOf(SHOP, SHOP)).verdict.level).toBe('none')
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
        const shuffled = shuffle(document, () => numbers.next().value as number)
        const { verdict, plans } = await reviewOf(SHOP, stringify(shuffled))
        expect({ verdict: verdict.level, plans }).toEqual({ verdict: 'none', plans: [] })
      }),
      { numRuns: 10 },
    )
  })

  test('the way back undoes the way there', async () => {
    const changed = edited(
      SHOP,
      [/ {6}campaign_click:[\s\S]*?(?=\n {6}category_opened)/, MICRO],
      ['mode: advanced', 'mode: basic'],
    )
    const [there, back] = [await reviewOf(SHOP, changed), await reviewOf(changed, SHOP)]
    expect(there.summary.resources.create).toBe(back.summary.resources.delete)
    expect(there.summary.resources.update).toBe(back.summary.resources.update)
    expect(there.summary.business).toMatchObject({ added: 1, removed: 1, changed: 1 })
    expect(back.summary.business).toEqual(there.summary.business)
  })

  test('several plans are told in the order of their files', async () => {
    const [a, b] = [await side(SHOP, 'plans/b.yaml'), await side(SHOP, 'plans/a.yaml')]
    expect(reviewPlans([{ after: a }, { after: b }], 'main').plans.map(({ file }) => file)).toEqual([
      'plans/a.yaml',
      'plans/b.yaml',
    ])
  })
})

/** The same document with the keys of every map in another order; of stages and triggers' tables the order counts. */
function shuffle(value: unknown, next: () => number, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffle(item, next))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, inner]) => [name, shuffle(inner, next, name)] as const)
  const ordered = ['stages', 'patterns', 'map', 'environments'].includes(key)
    ? entries
    : entries
        .map((entry) => ({ entry, order: next() }))
        .sort((a, b) => a.order - b.order)
        .map(({ entry }) => entry)
  return Object.fromEntries(ordered)
}

test('a setting that is stated for the first time is set and not made', async () => {
  const stated = 'property: { retention: { events: 14 months, users: 2 months } }\ngoals:'
  const review = await reviewOf(SHOP, edited(SHOP, [/^goals:$/m, stated]))
  const settings = JSON.stringify(review)
  expect(settings).toContain('{"action":"update","kind":"ga4/data-retention"')
  expect(settings).not.toContain('"action":"create"')
})
