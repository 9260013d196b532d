import type { Element, Root } from 'hast'
import { select, selectAll } from 'hast-util-select'
import { toString } from 'hast-util-to-string'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderReviewMarkdown, COMMENT_LIMIT } from '../../src/render/review-markdown.ts'
import { label, renderFunnel } from '../../src/render/review-mermaid.ts'
import { printable } from '../../src/render/diagnostics.ts'
import { renderReviewText } from '../../src/render/review-text.ts'
import { code, codeBlock, text } from '../../src/render/markdown-text.ts'
import type { PlanReview, Review } from '../../src/review/review.ts'
import { asGithubShows } from './github-markdown.ts'
import { edited, onlyPlan, reviewOf, reviewOfEdit, SHOP } from './sides.ts'

const EDITS = [
  ['      newsletter_signup:\n', '      letter:\n        was: newsletter_signup\n'],
  ['rate: 8%, of: sessions', 'rate: 10%, of: sessions'],
  ['mode: advanced', 'mode: basic'],
  [/ {6}size_guide_read:[\s\S]*?(?=\n {6}product_film)/, ''],
  [/( {2}coupon_status:[\s\S]*?register: )event/, '$1user'],
] as const

function page(review: Review): Root {
  return asGithubShows(renderReviewMarkdown(review))
}

function rowsOf(table: Element | undefined): string[][] {
  return selectAll('tr', table).map((row) => selectAll('th, td', row).map((cell) => textIn(cell)))
}

describe('as GitHub shows it', () => {
  test('the verdict first, then what cannot be undone, the table, the picture, and the technical part folded', async () => {
    const tree = page(await reviewOfEdit(...EDITS))
    const order = tree.children.flatMap((child) => (child.type === 'element' ? [child.tagName] : []))
    // The first list says what the change makes worse: basic consent without the event of late consent.
    const parts = [
      'h2',
      'h3',
      'blockquote',
      'blockquote',
      'table',
      'pre',
      'p',
      'ul',
      'p',
      'ul',
      'details',
      'p',
    ]
    expect(order).toEqual(parts)
    expect(textIn(select('h2', tree))).toMatch(
      /^⚠️ 4 changes in the plan; applying it .* One of them cannot be undone\.$/,
    )
    expect(textIn(select('blockquote', tree))).toContain('coupon_status')
    expect(select('pre code', tree)?.properties.className).toEqual(['language-mermaid'])
    expect(textIn(select('details > summary', tree))).toBe(
      'In staging and production: 1 created, 12 updated, 2 renamed and 3 deleted',
    )
    expect(select('details', tree)?.properties.open).toBeUndefined()
  })

  test('the table reads as a person would tell the change', async () => {
    const [head, ...rows] = rowsOf(select('table', page(await reviewOfEdit(...EDITS))))
    expect(head).toEqual(['What', 'Field', 'Before', 'After'])
    expect(rows).toEqual([
      [
        '✏️ Newsletter sign-up lettermicro conversion in Awareness, was newsletter_signup',
        'Target',
        '8% of sessions',
        '10% of sessions',
      ],
      [
        '➖ Size guide read · دليل المقاسات size_guide_readremoved micro conversion in Consideration',
        '',
        'Event: size_guide_readTrigger: #size-guide in view (50% of it, for 3 s, once per page)Feeds: purchaseTarget: 9% of product_viewWeight: 0.05 (9 AED)Owner: merchandising@harbour.example',
        '',
      ],
      ['✏️ coupon_status coupon_statusparameter', 'Register', 'event', 'user'],
      ['✏️ Harbour Outfitters web shop outfittersplan', 'Consent: Mode', 'advanced', 'basic'],
    ])
  })

  test('JavaScript that will run on the site is shown whole', async () => {
    const script = 'function() {\n  // ```\n  return document.title\n}'
    const source = `{ javascript: ${JSON.stringify(script)} }`
    const before = edited(SHOP, ['method: email', `method: { javascript: "function() { return 1 }" }`])
    const tree = page(
      await reviewOf(
        before,
        edited(before, [/method: \{ javascript: "function\(\) \{ return 1 \}" \}/, `method: ${source}`]),
      ),
    )
    expect(selectAll('details pre', tree).map((block) => textIn(block).trimEnd())).toEqual([script])
  })

  test('a plan that does not change is one sentence', async () => {
    expect(renderReviewMarkdown(await reviewOf(SHOP, SHOP))).toBe(
      '## ✅ The plan does not change.\n\n<sub>Compared with `main`.</sub>\n',
    )
  })
})

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '</summary></details><h1>Approved</h1>',
  '@octocat please look',
  'see #12 and GH-12 and harbour/web#3',
  'https://evil.example/x www.evil.example mailto:a@evil.example a@evil.example',
  '[click](javascript:alert(1)) ![x](http://evil.example/p.png)',
  '| a | b |',
  '` | `code`` \\| \\',
  '# heading',
  '- [ ] task',
  '1. list',
  '**bold** _em_ ~~gone~~ :tada: $x$',
  '&lt;b&gt; &amp; &#64;octocat',
  '<!-- measurement-plan review: plans -->',
  '```mermaid',
  '"]; click A href "javascript:alert(1)"',
  '%%{init: {"securityLevel": "loose"}}%%',
  '\u001b[31mred\u0007 \u202edesrever\u2066',
  '::error file=x::boo',
  'end',
]

/** The shop with hostile words wherever a plan has free text, and the same again under other ids. */
function hostilePlan(words: string): string {
  const quoted = JSON.stringify(words).replaceAll('$', '$$$$')
  return edited(
    SHOP,
    ['title: Newsletter sign-up', `title: ${quoted}`],
    ['title: Awareness', `title: ${quoted}`],
    [/title: Harbour Outfitters web shop/, `title: ${quoted}`],
    ['owner: crm@harbour.example', `owner: ${quoted}`],
    ['metric: sign-ups per visit', `metric: ${quoted}`],
    ['method: email', `method: ${quoted}`],
    ['description: Where on the page the form stood', `description: ${quoted}`],
  )
}

describe('a stranger’s words', () => {
  test.each(HOSTILE)('%j stays text', async (words) => {
    const plan = hostilePlan(words)
    const tree = page(await reviewOf(SHOP, plan))
    const tags = new Set(selectAll('*', tree).map(({ tagName }) => tagName))
    const ours = [
      'h2',
      'h3',
      'p',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'strong',
      'code',
      'br',
      'pre',
      'ul',
      'li',
    ]
    const also = ['details', 'summary', 'b', 'i', 'em', 'sub', 'blockquote']
    expect([...tags].filter((tag) => ![...ours, ...also].includes(tag))).toEqual([])
    expect(selectAll('h2', tree)).toHaveLength(1)
    expect(selectAll('details', tree).length).toBeLessThan(2)
    expect(titleIn(tree, 'newsletter_signup')).toBe(printable(words))
    expect(selectAll('tr', select('table', tree)).every((row) => selectAll('th, td', row).length === 4)).toBe(
      true,
    )
    // A mention counts in any text that is not code: GitHub looks at the page, not at the Markdown.
    expect(plainTexts(tree).filter((each) => /@[a-z]|#\d|GH-\d|www\.|:\/\//i.test(each))).toEqual([])
  })

  test.each(HOSTILE)('%j reaches the terminal as it is written', async (words) => {
    const output = renderReviewText(await reviewOf(SHOP, hostilePlan(words)), { verbose: true })
    // eslint-disable-next-line no-control-regex
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e\u2066]/)
  })

  test('anything is one cell, one line, and reads as written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        (raw, words) => {
          for (const value of [raw, words]) {
            const tree = asGithubShows(`| a | b |\n| --- | --- |\n| x${text(value)} | ${code(value)} |`)
            expect(selectAll('td', tree)).toHaveLength(2)
            expect(selectAll('a, img, em, strong, del, input', tree)).toEqual([])
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a fence is longer than any in the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('`', '~', '\n', 'x', ' ')).map((parts) => parts.join('')),
        (words) => {
          const tree = asGithubShows(`${codeBlock(words)}\n\nafter`)
          expect(textIn(select('p', tree))).toBe('after')
          expect(selectAll('pre', tree)).toHaveLength(1)
        },
      ),
    )
  })
})

describe('the picture', () => {
  test('shows the funnel with what changed marked', async () => {
    const { funnel } = onlyPlan(await reviewOfEdit(...EDITS))
    await expect(renderFunnel(funnel)).toMatchFileSnapshot('expected/funnel.mmd')
  })

  test('is left out when no goal and no micro conversion changed', async () => {
    const review = await reviewOfEdit(['mode: advanced', 'mode: basic'])
    expect(renderFunnel(onlyPlan(review).funnel)).toBeUndefined()
  })

  test('is written in the few forms that Mermaid was seen to take, whatever the titles', () => {
    // Each form was drawn with Mermaid 11 in a browser; a label is letters, marks, digits, blanks and entity codes.
    const name = String.raw`(?:[＋−●…]|[^\u0000-\u001f!-/:-@[-${'`'}{-~]|#\d+;)*`
    const forms = [
      /^flowchart LR$/,
      new RegExp(`^  subgraph g\\d+\\["${name}"\\]$`, 'u'),
      /^ {4}direction TB$/,
      new RegExp(`^    g\\d+n\\d+\\["${name}"\\]:::(added|removed|changed|unchanged)$`, 'u'),
      /^ {4}g\d+n\d+( ~~~ g\d+n\d+)+$/,
      /^ {2}end$/,
      /^ {2}g\d+( --> g\d+)*$/,
      /^ {2}classDef (added|removed|changed|unchanged) fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}(,stroke-dasharray:4 3)?$/,
    ]
    const title = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
    )
    const node = fc.record({
      id: fc.constant('x'),
      title,
      mark: fc.constantFrom('added', 'removed', 'changed', 'unchanged'),
      feeds: fc.constant([]),
    })
    const stage = fc.record({ id: fc.constant('s'), title, micros: fc.array(node, { maxLength: 12 }) })
    fc.assert(
      fc.property(
        fc.record({ goals: fc.array(node, { minLength: 1 }), stages: fc.array(stage, { maxLength: 20 }) }),
        (funnel) => {
          const lines = renderFunnel(funnel)?.split('\n') ?? []
          expect(lines.filter((line) => !forms.some((form) => form.test(line)))).toEqual([])
          expect(lines.length).toBeLessThan(120)
        },
      ),
    )
  })

  test('a label keeps its letters', () => {
    expect(label('Size guide · دليل المقاسات')).toBe('Size guide · دليل المقاسات')
    expect(label('"]; %%{init}%%')).toBe('#34;#93;#59; #37;#37;#123;init#125;#37;#37;')
  })
})

describe('the size of a comment', () => {
  test('is never above the limit, and the reader sees what was cut', () => {
    const sizes = fc.record({
      plans: fc.integer({ min: 1, max: 12 }),
      changes: fc.integer({ min: 0, max: 200 }),
      effects: fc.integer({ min: 0, max: 300 }),
    })
    fc.assert(
      fc.property(
        sizes,
        fc.constantFrom('x'.repeat(300), '|`<@'.repeat(100), '😀'.repeat(200)),
        ({ plans, changes, effects }, words) => {
          const review = hugeReview(plans, changes, effects, words)
          const markdown = renderReviewMarkdown(review, { rest: 'see the job summary' })
          expect(markdown.length).toBeLessThanOrEqual(COMMENT_LIMIT)
          expect(markdown).toContain('2 changes in the plan')
          const shown = markdown.match(/^\| ✏️/gm)?.length ?? 0
          if (shown < plans * changes)
            expect(markdown).toMatch(
              /…and \d+ more (change|plan|finding)s?, see the job summary\.|Too much to show here: see the job summary\./,
            )
        },
      ),
      { numRuns: 10 },
    )
  })

  test('is filled with business changes before technical ones', () => {
    const markdown = renderReviewMarkdown(hugeReview(1, 60, 900, 'x'.repeat(100)), {
      rest: 'see the job summary',
    })
    expect(markdown.match(/^\| ✏️/gm)).toHaveLength(60)
    expect(markdown).toMatch(/…and 8[59]0 more changes, see the job summary\./)
  })
})

function hugeReview(plans: number, changes: number, effects: number, words: string): Review {
  const plan: PlanReview = {
    file: 'plans/a.yaml',
    plan: 'a',
    title: words,
    status: 'changed',
    notes: [],
    changes: Array.from({ length: changes }, (_, index) => ({
      action: 'changed',
      subject: 'goal',
      id: `goal_${index}`,
      title: words,
      fields: [{ label: 'Target', before: words, after: words }],
    })),
    effects: [
      {
        environments: ['staging'],
        changes: Array.from({ length: effects }, (_, index) => ({
          action: 'update',
          kind: 'gtm/tag',
          key: `a/${index}#tag`,
          name: words,
          fields: [{ path: 'parameters.eventName', before: `${index}`, after: words }],
        })),
        consequences: [],
        limits: [],
      },
    ],
    effectsKnown: true,
    findings: [],
    errors: 0,
    funnel: { goals: [{ id: 'a', title: words, mark: 'changed', feeds: [] }], stages: [] },
  }
  return {
    formatVersion: 1,
    base: 'main',
    verdict: { level: 'changes', headline: '2 changes in the plan; applying it updates 1 in GTM and GA4.' },
    summary: {
      plans,
      business: { added: 0, removed: 0, changed: changes },
      resources: { create: 0, update: effects, rename: 0, delete: 0 },
      newFindings: { error: 0, warning: 0, info: 0 },
      errors: 0,
    },
    plans: Array.from({ length: plans }, () => plan),
  }
}

/** A title in the table, without the spaces of no width that keep it from becoming a link. */
function titleIn(tree: Root, id: string): string {
  const cells = selectAll('tbody td:first-child', select('table', tree))
  const cell = cells.find((each) => textIn(select('code', each)) === id)
  return textIn(select('strong', cell)).replaceAll('\u200b', '')
}

/** What a reader sees of an element; fails when there is none. */
function textIn(element: Element | undefined): string {
  if (element === undefined) throw new Error('There is no such element on the page.')
  return toString(element)
}

function plainTexts(node: Root | Element): string[] {
  return node.children.flatMap((child) => {
    if (child.type === 'text') return [child.value]
    return child.type === 'element' && child.tagName !== 'code' ? plainTexts(child) : []
  })
}
