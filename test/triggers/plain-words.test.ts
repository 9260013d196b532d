import { expect, test } from 'vitest'
import type { Condition, Trigger } from '../../src/plan/plan-types.ts'
import { patternShapes } from '../../src/sources/pattern-words.ts'
import { plainElement } from '../../src/sources/plain-element.ts'
import { buildTrigger } from '../../src/triggers/build.ts'
import { plainWords } from '../../src/triggers/plain-words.ts'

const words = (trigger: Trigger): string => plainWords(buildTrigger(trigger, ''))

test.each([
  ['nav.main-menu a[data-category]', 'a link marked “category” in “main menu”'],
  ['form#hero, form#footer', 'the form “hero” or the form “footer”'],
  ['.cta, .cta *', 'an element “cta”'],
  ['#checkout > button[type="submit"]', 'a button whose “type” is submit in “checkout”'],
  ['a[href^="tel:"]', 'a link whose address begins with tel:'],
  ['a[href="#top"]', 'a link whose address is #top'],
  ['h1', 'a heading'],
  ['[data-list="a, b"]', 'an element whose “list” is a, b'],
  ['li:nth-child(2) a', 'a certain element'],
  ['a:not(.internal)', 'a certain element'],
  ['label + input', 'a certain element'],
])('%s is %s', (selector, said) => {
  expect(plainElement({ selector }, 'element')).toBe(said)
})

test.each([
  ['^/(en|ar)/checkout(/|$)', ['/en/checkout…', '/ar/checkout…']],
  ['^/(?:en|ar)/journal/[^/]+/?$', ['/en/journal/…', '/ar/journal/…']],
  ['^https://wa\\.me/', ['https://wa.me/…']],
  ['/thank-?you', ['…/thank-you…', '…/thankyou…']],
  ['checkout|basket', ['…checkout…', '…basket…']],
  // The anchor belongs to the first alone.
  ['^/a|/b', undefined],
  ['^(?!/admin)', undefined],
  ['^(a|b|c)(d|e)$', undefined],
  ['(ab)+', undefined],
  ['\\bshoe', undefined],
  ['(a', undefined],
  // A home page: no sentence says pages of no name.
  ['^/?$', undefined],
])('%s stands for %j', (pattern, shapes) => {
  expect(patternShapes(pattern)).toEqual(shapes)
})

const onJournal: Condition[] = [{ path: { matches: '^/journal/' } }]

test('what all of several triggers ask for is said once', () => {
  expect(
    words({
      all: [
        { scroll: { percent: [75] }, when: onJournal },
        { timer: { every: '45s' }, when: onJournal },
      ],
    }),
  ).toBe(
    '75% of a page has been scrolled and a visitor has been on a page for 45 seconds, all of it in one page view, on pages /journal/…',
  )
})

test('what one of several asks for stays with it, and a group in a group in brackets', () => {
  expect(
    words({
      all: [
        { any: [{ click: { id: 'a' } }, { click: { id: 'b' }, when: onJournal }] },
        { timer: { every: '1m' } },
      ],
    }),
  ).toBe(
    '(the element “a” is clicked, or the element “b” is clicked, on pages /journal/…) and a visitor has been on a page for 1 minute, all of it in one page view',
  )
})

test.each<[string, Condition]>([
  ['on the page /pricing', { path: { equals: '/pricing' } }],
  ['not on pages under /ar/', { path: { startsWith: '/ar/', negate: true } }],
  ['on any page', { path: { startsWith: '/' } }],
  ['on kw.shop.example', { host: { equals: 'kw.shop.example' } }],
  ['where “lang” in the address is en', { query: { lang: { equals: 'en' } } }],
  ['where the site’s “cart total” is greater than 50', { dataLayer: { 'cart.total': { greaterThan: 50 } } }],
  ['where the cookie “tier” is missing', { cookie: { tier: { exists: false } } }],
  ['where what is clicked is a link “buy”', { click: { element: { css: 'a.buy' } } }],
  ['where the address of what is clicked is of a certain form', { click: { url: { matches: '^(?!x)' } } }],
])('a condition: %s', (said, condition) => {
  expect(words({ click: { id: 'x' }, when: [condition] })).toBe(`the element “x” is clicked, ${said}`)
})

test('what must not hold follows', () => {
  expect(words({ form: {}, unless: [{ path: { startsWith: '/a' } }, { path: { startsWith: '/b' } }] })).toBe(
    'any form is submitted, but not on pages under /a or on pages under /b',
  )
})
