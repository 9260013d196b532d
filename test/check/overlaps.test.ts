import { expect, test } from 'vitest'
import { heardBy, hearOneAction, hearOneEvent } from '../../src/check/overlaps.ts'
import type { Condition, Trigger } from '../../src/plan/plan-types.ts'

function overlap(a: Trigger, b: Trigger): boolean {
  const [[ours], [theirs]] = [heardBy(a, '/a'), heardBy(b, '/b')]
  if (ours === undefined || theirs === undefined) throw new Error('Each is one trigger.')
  const found = hearOneAction(ours, theirs)
  expect(hearOneAction(theirs, ours)).toBe(found)
  return found
}

const event = (matches: string): Trigger => ({ dataLayer: { matches } })
const on = (...when: Condition[]): Trigger => ({ page: 'viewed', when })

test.each<[string, Trigger, Trigger]>([
  ['a path within a path', on({ path: { startsWith: '/a' } }), on({ path: { startsWith: '/a/b' } })],
  ['a page within a path', on({ path: { startsWith: '/a' } }), on({ path: { equals: '/a/b' } })],
  ['a page that holds a word', on({ path: { contains: 'b' } }), on({ path: { equals: '/a/b' } })],
  ['a path that begins with a word', on({ path: { contains: '/a' } }), on({ path: { startsWith: '/a/b' } })],
  ['an ending within an ending', on({ path: { endsWith: 'ml' } }), on({ path: { endsWith: '.html' } })],
  ['a page that a pattern fits', on({ path: { matches: '^/a(/|$)' } }), on({ path: { equals: '/a/b' } })],
  [
    'a page that another leaves in',
    on({ path: { startsWith: '/b', negate: true } }),
    on({ path: { equals: '/a' } }),
  ],
  [
    'paths that have nothing in common, one left out',
    on({ path: { startsWith: '/b', negate: true } }),
    on({ path: { startsWith: '/a' } }),
  ],
  [
    'one of several paths',
    on({ path: { startsWith: ['/x', '/a'] } }),
    on({ path: { equals: ['/y', '/a/b'] } }),
  ],
  [
    'the same path in other words',
    on({ path: { equals: '/a' } }),
    on({ value: { url: 'path' }, test: { equals: '/a' } }),
  ],
  [
    'a value that is there',
    on({ dataLayer: { plan: { exists: true } } }),
    on({ dataLayer: { plan: { equals: 'pro' } } }),
  ],
  [
    'a number below another',
    on({ dataLayer: { n: { lessThan: 5 } } }),
    on({ dataLayer: { n: { equals: '3' } } }),
  ],
  [
    'a number above another',
    on({ dataLayer: { n: { greaterThan: 5 } } }),
    on({ dataLayer: { n: { greaterThan: 10 } } }),
  ],
  [
    'a number that is not below another',
    { ...on(), unless: [{ dataLayer: { n: { lessThan: 5 } } }] },
    on({ dataLayer: { n: { greaterThan: 5 } } }),
  ],
  [
    'a number that is there',
    on({ dataLayer: { n: { exists: true } } }),
    on({ dataLayer: { n: { lessThan: 5 } } }),
  ],
  [
    'what both leave out',
    { ...on({ path: { startsWith: '/a' } }), unless: [{ path: { endsWith: '/x' } }] },
    { ...on({ path: { startsWith: '/a/b' } }), unless: [{ path: { endsWith: '/x' } }] },
  ],
  [
    'what one leaves out, but for another page',
    { ...on({ path: { startsWith: '/a' } }), unless: [{ path: { equals: '/a/x' } }] },
    on({ path: { equals: '/a/b' } }),
  ],
  ['a class of a link', { link: { selector: 'a' } }, { link: { selector: 'a.x' } }],
  ['a link somewhere', { link: { selector: 'a.x' } }, { link: { selector: 'nav > ul A.x[download].y' } }],
  ['a form by its id', { form: { id: 'f' } }, { form: { selector: '#f' } }],
  ['a form by its id and more', { form: { id: 'f' } }, { form: { selector: 'main form#f' } }],
  [
    'a form by its id and within that by a class',
    { form: { id: 'f' } },
    { form: { id: 'f', selector: '.x' } },
  ],
  ['one of two depths', { scroll: { percent: [90, 50] } }, { scroll: { percent: [90] } }],
  [
    'a depth on some pages',
    { scroll: { percent: [50, 90] } },
    { scroll: { percent: [75, 90] }, when: [{ path: { startsWith: '/a' } }] },
  ],
  ['the end of a video', { video: { complete: true } }, { video: { start: true, complete: true } }],
  ['the half of a video', { video: { percent: [50] } }, { video: { percent: [25, 50] } }],
  ['one rhythm', { timer: { every: '30s' } }, { timer: { every: '30s', limit: 3 } }],
  ['a choice and one of it', on({ path: { matches: '^/(a|b)$' } }), on({ path: { equals: '/b' } })],
  ['two choices with one in common', event('^(a|b)$'), event('^(b|c)$')],
  ['a choice in another order', event('^(?:a|b)$'), event('^b$|^a$')],
  ['a name and a pattern of it', event('^chat_(open|sent)$'), { dataLayer: 'chat_sent' }],
  ['a beginning within a beginning', event('^chat_'), event('^chat_open')],
  ['a choice that a pattern fits', event('^chat_[a-z]+$'), event('^(chat_open|other)$')],
  [
    'a pattern with more behind it',
    on({ path: { matches: '^/a/[0-9]+' } }),
    on({ path: { matches: '^\\/a\\/\\d+/pay$' } }),
  ],
  ['a beginning and a pattern', on({ path: { matches: '^/a(/|$)' } }), on({ path: { startsWith: '/a/b' } })],
  [
    'a pattern that a beginning fits',
    on({ path: { matches: '^/a/\\d' } }),
    on({ path: { startsWith: '/a/7' } }),
  ],
  ['an ending by a pattern', on({ path: { matches: '.*\\.html?$' } }), on({ path: { endsWith: 'a.htm' } })],
  [
    'letters of any case',
    on({ path: { matches: '^/A', ignoreCase: true } }),
    on({ path: { startsWith: '/a/b' } }),
  ],
  [
    'what may stand there or not',
    on({ path: { matches: '^/shop/?$' } }),
    on({ path: { matches: '^(/en)?/shop/$' } }),
  ],
  [
    'what both leave out, the one more of it',
    { ...on(), unless: [{ path: { startsWith: '/a' } }] },
    { ...on(), unless: [{ path: { matches: '^/a/(b|c)$' } }] },
  ],
  [
    'numbers with some in common',
    on({ dataLayer: { n: { greaterThan: 5 } } }),
    on({ dataLayer: { n: { lessThan: 10 } } }),
  ],
  [
    'two ranges with some in common',
    on({ dataLayer: { n: { greaterThan: 0 } } }, { dataLayer: { n: { lessThan: 100 } } }),
    on({ dataLayer: { n: { greaterThan: 50, negate: true } } }),
  ],
  [
    'more of an element in view',
    { visible: { selector: '#f' } },
    { visible: { id: 'f', percent: 75, duration: '2s' } },
  ],
  [
    'an element in view on a page, and longer',
    { visible: { selector: '.x' }, when: [{ path: { equals: '/a' } }] },
    { visible: { selector: '.x', duration: '5s', frequency: 'every_time' } },
  ],
  ['an element in view by its id', { visible: { id: 'f', percent: 50 } }, { visible: { selector: '#f' } }],
])('%s is one action', (_, a, b) => {
  expect(overlap(a, b)).toBe(true)
})

test.each<[string, Trigger, Trigger]>([
  ['two paths', on({ path: { startsWith: '/a' } }), on({ path: { startsWith: '/b' } })],
  ['two pages', on({ path: { equals: '/a' } }), on({ path: { equals: '/a/b' } })],
  [
    'what one asks for and the other leaves out',
    { ...on({ path: { startsWith: '/a' } }), unless: [{ path: { startsWith: '/a/b' } }] },
    on({ path: { startsWith: '/a/b' } }),
  ],
  [
    'the same with negate',
    on({ path: { startsWith: '/a' } }, { path: { startsWith: '/a/b', negate: true } }),
    on({ path: { startsWith: '/a/b' } }),
  ],
  [
    'one of several that is left out',
    { ...on({ path: { equals: ['/a', '/b'] } }), unless: [{ path: { equals: '/a' } }] },
    on({ path: { equals: '/a' } }),
  ],
  ['other letters', on({ path: { startsWith: '/A' } }), on({ path: { startsWith: '/a/b' } })],
  ['a path and a host', on({ path: { startsWith: '/a' } }), on({ host: { equals: 'a' } })],
  ['a beginning and an ending', on({ path: { startsWith: '/a' } }), on({ path: { endsWith: '/b' } })],
  ['what a pattern may fit', on({ path: { matches: '^/a/\\d' } }), on({ path: { startsWith: '/a/' } })],
  ['a pattern that ends', on({ path: { matches: '^/a/\\d$' } }), on({ path: { startsWith: '/a/7' } })],
  ['two choices with none in common', event('^(a|b)$'), event('^(c|d)$')],
  ['two beginnings', event('^chat_'), event('^form_')],
  ['a name within a name', event('^chat$'), event('^chat_open$')],
  ['a choice that would go on', event('^a\\d|b'), event('^a\\d|bc')],
  ['a repetition that would go on', event('^a\\d'), event('^a\\d*b')],
  ['letters of another case', on({ path: { matches: '^/A$' } }), on({ path: { equals: '/a' } })],
  [
    'one name of a choice, and another',
    { ...event('^(a|b)$'), when: [{ event: { equals: 'a' } }] },
    { dataLayer: 'b' },
  ],
  [
    'a choice without one, and that one',
    { ...event('^(a|b)$'), unless: [{ event: { equals: 'b' } }] },
    { dataLayer: 'b' },
  ],
  [
    'numbers with none in between',
    on({ dataLayer: { n: { greaterThan: 5 } } }),
    on({ dataLayer: { n: { lessThan: 6 } } }),
  ],
  [
    'a number and the absence of one',
    on({ dataLayer: { n: { greaterThan: 5 } } }),
    on({ dataLayer: { n: { lessThan: 10 } } }, { dataLayer: { n: { exists: false } } }),
  ],
  [
    'numbers of two pages',
    on({ dataLayer: { n: { greaterThan: 5 } } }, { path: { equals: '/a' } }),
    on({ dataLayer: { n: { lessThan: 10 } } }, { path: { equals: '/b' } }),
  ],
  [
    'more of an element, and for a longer time',
    { visible: { selector: '#f', percent: 75 } },
    { visible: { selector: '#f', percent: 25, duration: '5s' } },
  ],
  ['two elements in view', { visible: { selector: '#f' } }, { visible: { selector: '#g', percent: 75 } }],
  [
    'an element that is there, and one that comes later',
    { visible: { selector: '#f', observeDom: false } },
    { visible: { selector: '#f', percent: 75 } },
  ],
  [
    'so much of an element, and no more',
    { visible: { selector: '#f' }, when: [{ visibility: { percent: { lessThan: 60 } } }] },
    { visible: { selector: '#f', percent: 75 } },
  ],
  [
    'a path and what is left out of it',
    on({ path: { startsWith: '/a' } }),
    on({ path: { startsWith: '/a/x', negate: true } }),
  ],
  [
    'a value that is missing',
    on({ dataLayer: { plan: { exists: false } } }),
    on({ dataLayer: { plan: { equals: 'pro' } } }),
  ],
  ['two classes', { link: { selector: 'a.x' } }, { link: { selector: 'a.y' } }],
  ['a link in a place and a class', { link: { selector: 'nav a' } }, { link: { selector: 'a.x' } }],
  ['a link that is not of a class', { link: { selector: 'a.x' } }, { link: { selector: 'a:not(.x)' } }],
  [
    'links without some and those',
    { link: {}, unless: [{ click: { url: { startsWith: 'tel:' } } }] },
    { link: { selector: 'a.tel' } },
  ],
  [
    'links of a page and links of a class',
    { link: {}, when: [{ path: { equals: '/a' } }] },
    { link: { selector: 'a.x' } },
  ],
  [
    'a class and what is not below it',
    { link: { selector: '.x' } },
    { link: { selector: 'a:not(nav .x, .y)' } },
  ],
  ['a part of a name', { link: { selector: 'a' } }, { link: { selector: 'area.x' } }],
  [
    'numbers on two sides',
    on({ dataLayer: { n: { greaterThan: 5 } } }),
    on({ dataLayer: { n: { lessThan: 5 } } }),
  ],
  [
    'a number that one leaves out',
    { ...on(), unless: [{ dataLayer: { n: { greaterThan: 5 } } }] },
    on({ dataLayer: { n: { greaterThan: 10 } } }),
  ],
  ['two depths', { scroll: { percent: [50] } }, { scroll: { percent: [90] } }],
  [
    'a depth that a condition takes out',
    { scroll: { percent: [90] } },
    { scroll: { percent: [50, 90] }, when: [{ scroll: { depth: { equals: '50' } } }] },
  ],
  ['the start of a video and its end', { video: { start: true } }, { video: { complete: true } }],
  ['two rhythms', { timer: { every: '30s' } }, { timer: { every: '45s' } }],
  ['two forms', { form: { id: 'f' } }, { form: { selector: '#g' } }],
  [
    'a form with its class and another of that id',
    { form: { id: 'f', selector: '.x' } },
    { form: { selector: '#f.y' } },
  ],
])('%s are two', (_, a, b) => {
  expect(overlap(a, b)).toBe(false)
})

test.each<[boolean, string, Trigger, Trigger]>([
  [true, 'links', { link: {} }, { link: { selector: 'a.x' } }],
  [true, 'pages at one moment', on(), on({ path: { equals: '/a' } })],
  [false, 'pages at two moments', on(), { page: 'loaded' }],
  [false, 'a link and a click', { link: {} }, { click: {} }],
])('a tag of both fires once is %s for %s', (isOne, _, a, b) => {
  const [ours, theirs] = [a, b].flatMap((each) => heardBy(each, ''))
  expect(ours !== undefined && theirs !== undefined && hearOneEvent(ours, theirs)).toBe(isOne)
})
