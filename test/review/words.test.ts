import { expect, test } from 'vitest'
import { buildSource } from '../../src/sources/build.ts'
import { buildTrigger } from '../../src/triggers/build.ts'
import type { Source, Trigger } from '../../src/plan/plan-types.ts'
import { targetWords } from '../../src/words/plan-words.ts'
import { sourceWords } from '../../src/sources/source-words.ts'
import { triggerWords } from '../../src/triggers/trigger-words.ts'

const TRIGGERS: readonly (readonly [Trigger, string])[] = [
  [{ dataLayer: 'purchase' }, 'data layer event purchase'],
  [{ dataLayer: { matches: '^chat_' } }, 'data layer event matching ^chat_'],
  [
    { form: { selector: '#newsletter' }, when: [{ path: { equals: '/pricing' } }] },
    'form #newsletter submitted on /pricing',
  ],
  [
    { form: { id: 'quote', checkValidation: true, waitForTags: true } },
    'form #quote submitted (only when the page does not cancel it, held back until the tags have fired)',
  ],
  [{ page: 'viewed', when: [{ path: { startsWith: '/docs' } }] }, 'page viewed on paths from /docs'],
  [
    { link: {}, when: [{ click: { url: { contains: 'wa.me' } } }, { host: { equals: 'www.a.example' } }] },
    'link of any kind clicked where url of the clicked element contains wa.me and on www.a.example',
  ],
  [
    {
      click: { selector: 'a.cta' },
      unless: [
        { path: { matches: '^/x', ignoreCase: true } },
        { query: { debug: { equals: '1', negate: true } } },
      ],
    },
    'click on a.cta but not where the path matches ^/x (in any case of letters) nor where query parameter debug is not 1',
  ],
  [
    { visible: { selector: '#guide', percent: 50, duration: '3s' } },
    '#guide in view (50% of it, for 3 s, once per page)',
  ],
  [
    { visible: { id: 'x', percent: 10, frequency: 'every_time', observeDom: false } },
    '#x in view (10% of it, every time, only what is there when the page loads)',
  ],
  [{ scroll: { percent: [75, 25, 50] } }, 'scrolled to 25%, 50% or 75%'],
  [{ video: { start: true, percent: [50], complete: true } }, 'video started or played to 50% or ended'],
  [{ timer: { every: '45s', limit: 1 } }, '45 s on the page'],
  [{ timer: { every: '2m', limit: 3 } }, 'every 2 min on the page, at most 3 times'],
  [{ history: { source: 'pushState' } }, 'address changed without a page load by pushState'],
  [{ error: {} }, 'JavaScript error on the page'],
  [{ any: [{ dataLayer: 'a' }, { dataLayer: 'b' }] }, 'data layer event a, or data layer event b'],
  [
    { all: [{ scroll: { percent: [75] } }, { timer: { every: '45s' } }], when: [{ path: { equals: '/' } }] },
    '(scrolled to 75%, and 45 s on the page, once all of them have happened) on /',
  ],
]

test.each(TRIGGERS)('%j in words', (trigger, words) => {
  expect(triggerWords(buildTrigger(trigger, ''))).toBe(words)
})

const SOURCES: readonly (readonly [Source, string])[] = [
  ['email', '"email"'],
  [5, '5'],
  [{ dataLayer: 'plan.type', default: 'none' }, 'data layer key plan.type, else "none"'],
  [{ url: 'path' }, 'page path'],
  [{ url: { query: 'q' } }, 'query parameter q'],
  [{ cookie: 'seen' }, 'cookie seen'],
  [{ element: { selector: '.price', attribute: 'data-net' } }, 'attribute data-net of .price'],
  [{ click: 'data-cta' }, 'data-cta of the clicked element'],
  [
    { lookup: { from: { form: 'id' }, map: { a: 'hero', '': 'none' } }, default: 'other' },
    'id of the form by table: a → hero, "" → none, else "other"',
  ],
  [
    { match: { from: { url: 'path' }, patterns: { '^/ar': 'ar' }, ignoreCase: false, fullMatch: true } },
    'page path by pattern (letters of the same case, the whole value): ^/ar → ar',
  ],
  [{ javascript: 'function() { return 1 }' }, 'JavaScript function() { return 1 }'],
  [{ variable: 'Their variable' }, 'GTM variable Their variable'],
]

test.each(SOURCES)('%j in words', (source, words) => {
  expect(sourceWords(buildSource(source))).toBe(words)
})

test('targets read as people say them', () => {
  expect(targetWords({ rate: '8%', of: 'sessions' })).toBe('8% of sessions')
  expect(targetWords({ count: 1200, per: 'month', by: '2027-03-31' })).toBe('1200 per month by 2027-03-31')
  expect(targetWords({ amount: 5000, per: 'week' }, 'AED')).toBe('5000 AED per week')
})
