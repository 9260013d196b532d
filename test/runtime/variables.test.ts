import { expect, test } from 'vitest'
import type { ContainerVersion } from '../../src/runtime/core/container.ts'
import { readHit } from '../../src/runtime/core/hit.ts'
import type { Element } from '../../src/runtime/node/element.ts'
import type { Facts } from '../../src/runtime/node/page.ts'
import {
  boolean,
  container,
  customEvent,
  dataLayerVariable,
  eventTag,
  table,
  template,
} from './containers.ts'
import { doing, hitsOf, PAGE } from './session.ts'

type Variable = NonNullable<ContainerVersion['variable']>[number]

/** What a parameter is sent as that is nothing but this variable; undefined when it is left out. */
function sent(
  variable: Variable,
  options: { readonly facts?: Facts; readonly values?: object; readonly more?: readonly Variable[] } = {},
): string | number | undefined {
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], [['p', `{{${variable.name}}}`]])],
    trigger: [customEvent('5', 'go')],
    variable: [variable, ...(options.more ?? [])],
  }
  const message = { event: 'go', ...options.values }
  const [hit] = hitsOf(doing(container(parts), [{ do: 'push', message }], options.facts ?? PAGE))
  return hit === undefined ? undefined : readHit(hit.query).parameters['p']
}

const url = (component: string, more: Variable['parameter'] = []): Variable => ({
  name: 'url',
  type: 'u',
  parameter: [template('component', component), ...more],
})
const address: Facts = { url: 'https://www.harbour.example:8443/%D9%85/a.html?q=a%20b&x=#frag' }

test.each([
  ['URL', [], 'https://www.harbour.example:8443/%D9%85/a.html?q=a%20b&x='],
  ['PROTOCOL', [], 'https'],
  ['HOST', [], 'www.harbour.example'],
  ['HOST', [boolean('stripWww', true)], 'harbour.example'],
  ['PORT', [], '8443'],
  ['PATH', [], '/%D9%85/a.html'],
  ['EXTENSION', [], 'html'],
  ['FRAGMENT', [], 'frag'],
  ['QUERY', [template('queryKey', 'q')], 'a b'],
  ['QUERY', [template('queryKey', 'x')], ''],
  ['QUERY', [template('queryKey', 'none')], undefined],
])('the part %s %j of an address', (component, more, expected) => {
  expect(sent(url(component, more), { facts: address })).toBe(expected)
})

test('gtm.url and gtm.referrer of the site stand for the address and the referrer', () => {
  expect(sent(url('PATH'), { values: { 'gtm.url': 'https://a.example/own' } })).toBe('/own')
  const referrer = { name: 'ref', type: 'f', parameter: [template('component', 'URL')] }
  expect(sent(referrer, { values: { 'gtm.referrer': 'https://own.example/' } })).toBe('https://own.example/')
  expect(sent(referrer, { facts: { ...PAGE, referrer: 'https://search.example/' } })).toBe(
    'https://search.example/',
  )
})

const lookup = (fallback?: string): Variable => ({
  name: 'lookup',
  type: 'smm',
  parameter: [
    template('input', '{{plan}}'),
    boolean('setDefaultValue', fallback !== undefined),
    ...(fallback === undefined ? [] : [template('defaultValue', fallback)]),
    table(
      'map',
      [
        ['pro', 'paid'],
        ['undefined', 'nobody'],
        ['5', '{{plan}}'],
      ],
      ['key', 'value'],
    ),
  ],
})

test.each([
  ['pro', undefined, 'paid'],
  [undefined, undefined, 'nobody'],
  [5, undefined, 5],
  ['free', undefined, undefined],
  ['free', 'other', 'other'],
])('a lookup table of %j with the default %j gives %j', (plan, fallback, expected) => {
  expect(sent(lookup(fallback), { values: { plan }, more: [dataLayerVariable('plan')] })).toBe(expected)
})

const pattern = (options: Variable['parameter'], rows: readonly (readonly [string, string])[]): Variable => ({
  name: 'pattern',
  type: 'remm',
  parameter: [template('input', '{{plan}}'), ...(options ?? []), table('map', rows, ['key', 'value'])],
})
const loose = [boolean('fullMatch', false), boolean('replaceAfterMatch', false), boolean('ignoreCase', false)]

test.each([
  ['a pattern is unanchored', 'the pro plan', loose, [['pro', 'paid']], 'paid'],
  ['a pattern minds case', 'PRO', loose, [['pro', 'paid']], undefined],
  ['a full match is asked for when nothing is said', 'the pro plan', [], [['pro', 'paid']], undefined],
  ['groups fill the value after a full match', 'pro-12', [], [['(\\w+)-(\\d+)', '$2/$1']], '12/pro'],
  ['a missing input is the text undefined', undefined, loose, [['^undef', 'nobody']], 'nobody'],
  [
    'a pattern that does not parse is no match',
    'pro',
    loose,
    [
      ['(pro', 'broken'],
      ['pro', 'paid'],
    ],
    'paid',
  ],
] as const)('%s', (_, plan, options, rows, expected) => {
  expect(sent(pattern(options, rows), { values: { plan }, more: [dataLayerVariable('plan')] })).toBe(expected)
})

const formatted = (formatValue: Variable['formatValue']): Variable => ({
  ...dataLayerVariable('plan'),
  formatValue: formatValue ?? {},
})

test.each([
  [{ caseConversionType: 'lowercase' }, 'PRO', 'pro'],
  [{ caseConversionType: 'uppercase' }, 'pro', 'PRO'],
  [{ caseConversionType: 'uppercase' }, 7, 7],
  [{ caseConversionType: 'none' }, 'Pro', 'Pro'],
  [{ convertNullToValue: template('', 'none') }, null, 'none'],
  [{ convertUndefinedToValue: template('', 'none') }, undefined, 'none'],
  [{ convertUndefinedToValue: template('', '') }, undefined, ''],
  [{ convertTrueToValue: template('', 'yes') }, true, 'yes'],
  [{ convertFalseToValue: template('', 'no') }, false, 'no'],
])('format %j of %j gives %j', (format, value, expected) => {
  expect(sent(formatted(format), { values: { plan: value } })).toBe(expected)
})

test('a cookie is read as it stands, or decoded', () => {
  const cookie = (decode: boolean): Variable => ({
    name: 'cookie',
    type: 'k',
    parameter: [template('name', 'lang'), boolean('decodeCookie', decode)],
  })
  const facts = { ...PAGE, cookies: { lang: 'a%20b' } }
  expect(sent(cookie(false), { facts })).toBe('a%20b')
  expect(sent(cookie(true), { facts })).toBe('a b')
  expect(sent(cookie(false))).toBeUndefined()
})

const price: Element = { tag: 'b', attributes: { id: 'price', 'data-cents': '1250' }, text: ' 12  \n AED ' }

test.each([
  ['CSS', 'b#price', 'data-cents', '1250'],
  ['CSS', 'b', '', '12 AED'],
  ['ID', 'price', '', '12 AED'],
  ['CSS', 'i', '', 'null'],
  ['CSS', 'b', 'data-none', 'null'],
])('an element by %s %s, attribute %j, is %j', (selectorType, selector, attribute, expected) => {
  const element = {
    name: 'element',
    type: 'd',
    parameter: [
      template('selectorType', selectorType),
      template(selectorType === 'CSS' ? 'elementSelector' : 'elementId', selector),
      template('attributeName', attribute),
    ],
  }
  expect(sent(element, { facts: { ...PAGE, elements: [price] } })).toBe(expected)
})

test('a global variable is read along its path', () => {
  const global = { name: 'global', type: 'j', parameter: [template('name', 'shop.user.tier')] }
  expect(sent(global, { facts: { ...PAGE, globals: { shop: { user: { tier: 'gold' } } } } })).toBe('gold')
  expect(sent(global, { facts: { ...PAGE, globals: { shop: {} } } })).toBeUndefined()
})

test('version 1 reads the key as it was pushed, version 2 the merged tree', () => {
  const values = { 'a.b': 1, a: { c: 2 } }
  expect(sent(dataLayerVariable('one', 'a.b', { version: 1 }), { values })).toBe(1)
  expect(sent(dataLayerVariable('one', 'a.c', { version: 1 }), { values })).toBeUndefined()
  expect(sent(dataLayerVariable('two', 'a.c'), { values })).toBe(2)
})

test.each([
  [{ name: 'x', type: 'cvt_1_2' }, 'custom-template'],
  [{ name: 'x', type: 'awec' }, 'variable-type'],
  [
    { name: 'x', type: 'jsm', parameter: [template('javascript', 'function() { return 1 }')] },
    'needs-a-page',
  ],
])('what is not modelled leaves the parameter open: %j', (variable, code) => {
  const parts = {
    tag: [
      eventTag(
        '1',
        'custom',
        ['5'],
        [
          ['p', '{{x}}'],
          ['q', 'known'],
        ],
      ),
    ],
    trigger: [customEvent('5', 'go')],
    variable: [variable],
  }
  const [hit] = hitsOf(doing(container(parts), [{ do: 'push', message: { event: 'go' } }]))
  expect(hit?.open).toMatchObject({ p: { code } })
  expect(hit && readHit(hit.query).parameters).toEqual({ q: 'known' })
})

test('a name that the container does not have is open, not empty', () => {
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], [['p', '{{Nobody}}']])],
    trigger: [customEvent('5', 'go')],
  }
  const [hit] = hitsOf(doing(container(parts), [{ do: 'push', message: { event: 'go' } }]))
  expect(hit?.open).toMatchObject({ p: { code: 'variable-missing', about: 'Nobody' } })
})

test.each([
  ['clickUrl', 'https://www.harbour.example/go'],
  ['clickId', 'buy'],
  ['clickClasses', 'cta big'],
  ['clickTarget', '_blank'],
  ['clickText', 'Buy now'],
  ['pagePath', '/en/'],
  ['pageHostname', 'www.harbour.example'],
  ['pageUrl', 'https://www.harbour.example/en/'],
  ['event', 'gtm.click'],
  ['containerId', 'GTM-TEST'],
])('the built-in variable %s', (type, expected) => {
  const link: Element = {
    tag: 'a',
    attributes: { id: 'buy', class: 'cta big', href: '/go', target: '_blank' },
    text: ' Buy\n now ',
  }
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], [['p', '{{Built in}}']])],
    trigger: [{ triggerId: '5', name: 'all clicks', type: 'click' }],
    builtInVariable: [{ type, name: 'Built in' }],
  }
  const [hit] = hitsOf(
    doing(container(parts), [{ do: 'click', element: link }], { ...PAGE, url: `${PAGE.url}#x` }),
  )
  expect(hit && readHit(hit.query).parameters['p']).toBe(expected)
})
