/** What may hurt a live site comes first and in a sentence; what is merely much folds. */
import { describe, expect, test } from 'vitest'
import { renderReviewMarkdown } from '../../src/render/review-markdown.ts'
import { renderReviewText } from '../../src/render/review-text.ts'
import { changeOf, edited, onlyPlan, reviewOf, reviewOfEdit, SHOP } from './sides.ts'

type Edits = Parameters<typeof reviewOfEdit>

async function dangersOf(...edits: Edits): Promise<string[]> {
  const { effects } = onlyPlan(await reviewOfEdit(...edits))
  const all = effects.flatMap(({ environments, consequences }) =>
    consequences
      .filter(({ dangerous }) => dangerous)
      .map(({ text }) => `${environments.join(' and ')}: ${text}`),
  )
  return [...new Set(all)]
}

const SIZE_GUIDE = [/ {6}size_guide_read:[\s\S]*?(?=\n {6}product_film)/, ''] as const

describe('what is dangerous', () => {
  test.each<readonly [string, Edits, string]>([
    [
      'the consent mode',
      [['mode: advanced', 'mode: basic']],
      'staging and production: The consent mode goes from advanced (tags fire before the visitor agrees, without cookies) to basic (tags wait until the visitor agrees).',
    ],
    [
      'a measurement id',
      [['measurementId: G-SHOP000001', 'measurementId: G-SHOP000009']],
      'production: Hits go to G-SHOP000009 instead of G-SHOP000001: reports of G-SHOP000001 stop growing.',
    ],
    [
      'a container',
      [['container: GTM-SHOP001', 'container: GTM-SHOP002']],
      'production: From the container GTM-SHOP001 to GTM-SHOP002: there everything is made anew, and what was made in GTM-SHOP001 stays and is no longer managed.',
    ],
    [
      'a property',
      [["property: '345000002'", "property: '345000003'"]],
      'production: From the GA4 property 345000002 to 345000003: there everything is made anew, and what was made in 345000002 stays and is no longer managed.',
    ],
    [
      'a key event',
      [['keyEvent: true\n        effort: 2', 'effort: 2']],
      'staging and production: No longer key event newsletter_signup: it is still collected, but key event reports and imports into Google Ads stop.',
    ],
    [
      'a deleted conversion',
      [SIZE_GUIDE],
      'staging and production: The micro conversion "Size guide read · دليل المقاسات" (size_guide_read) is deleted: its event size_guide_read is no longer collected by it.',
    ],
    [
      'a transport URL',
      [['googleTag: managed', 'googleTag: managed\ntransportUrl: https://sgtm.harbour.example']],
      'staging and production: Hits go through https://sgtm.harbour.example instead of straight to Google.',
    ],
  ])('%s', async (_, edits, sentence) => {
    expect(await dangersOf(...edits)).toContain(sentence)
  })

  test('a target or an owner is not', async () => {
    expect(await dangersOf(['rate: 8%, of: sessions', 'rate: 10%, of: sessions'])).toEqual([])
  })

  test('stands above everything else, at a terminal and on GitHub', async () => {
    const review = await reviewOfEdit(['mode: advanced', 'mode: none'], ['rate: 8%,', 'rate: 10%,'])
    const lines = renderReviewText(review).split('\n')
    expect(lines[3]).toMatch(/^ {2}! The consent mode goes from advanced/)
    const markdown = renderReviewMarkdown(review)
    expect(markdown.indexOf('[!WARNING]')).toBeGreaterThan(0)
    expect(markdown.indexOf('[!WARNING]')).toBeLessThan(markdown.indexOf('| What |'))
  })
})

test('a weight that changes shows the money', async () => {
  const review = await reviewOfEdit(['weight: 0.03', 'weight: 0.05'])
  expect(changeOf(review, 'newsletter_signup').fields).toContainEqual({
    label: 'Weight',
    before: '0.03 (5.4 AED)',
    after: '0.05 (9 AED)',
  })
})

describe('thirty new conversions', () => {
  const stage = (n: number): string => `  stage_${n}:
    title: Stage ${n}
    micro:
${[1, 2, 3]
  .map(
    (m) => `      step_${n}_${m}:
        title: Step ${n} ${m}
        touchpoint: home_page
        event: step_${n}_${m}
        trigger: { dataLayer: step_${n}_${m} }
        feeds: [purchase]
        owner: gifts@harbour.example
        target: { rate: 2%, of: sessions }
`,
  )
  .join('')}`
  const many = edited(SHOP, [
    '\nstages:\n',
    `\nstages:\n${Array.from({ length: 10 }, (_, n) => stage(n)).join('')}`,
  ])

  test('are a line each at a terminal, and whole with --verbose', async () => {
    const review = await reviewOf(SHOP, many)
    const short = renderReviewText(review)
    expect(short).toContain('  + Step 3 2 (step_3_2, new micro conversion in Stage 3)\n  + Step 3 3')
    expect(short).toContain('what each of the new ones is: --verbose')
    expect(renderReviewText(review, { verbose: true })).toContain('      Event: step_3_2')
  })

  test('are one fold on GitHub', async () => {
    const markdown = renderReviewMarkdown(await reviewOf(SHOP, many))
    expect(markdown).toMatch(/<details><summary>\d+ new: .*Step 3 2/)
    expect(markdown.indexOf('`step_3_2`')).toBeGreaterThan(markdown.indexOf('<details><summary>'))
  })
})

test('what the plan no longer states of GA4 stays there, and a renamed event is one and the same', async () => {
  const property = (derived: string, more = ''): string =>
    edited(SHOP, ['\ngoals:', `\nproperty: { derived: { ${derived} }${more} }\ngoals:`])
  const before = property('shelf_viewed: { from: page_view }', ", googleAds: { '1234567890': {} }")
  const after = property('shelf_seen: { was: shelf_viewed, from: page_view }')
  const { effects } = onlyPlan(await reviewOf(before, after))
  const [effect] = effects
  expect(effect?.changes.filter(({ kind }) => kind.startsWith('ga4/'))).toMatchObject([
    { action: 'rename', name: 'shelf_seen', previousName: 'shelf_viewed' },
  ])
  expect(effect?.consequences.map(({ text }) => text)).toEqual([
    'The plan no longer states the Google Ads link "1234567890": it stays in GA4 as it is.',
  ])
})
